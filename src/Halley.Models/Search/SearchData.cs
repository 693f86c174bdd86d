using Halley.Glm;

namespace Halley.Models;

/// <summary>A GLM's spec and its learn rows, made ready for a search over terms.</summary>
/// <param name="Options">What the spec asks for.</param>
/// <param name="Set">Learn rows; a search looks at no others.</param>
sealed record SearchData(GlmOptions Options, TrainingSet Set)
{
    /// <param name="scope">Further terms whose columns are read.</param>
    /// <param name="more">Further columns, which must be in the data.</param>
    /// <exception cref="HalleyException">HLY3463: the learner is no GLM, or stands on another model; HLY1001: there is no such column; or as a fit that meets these data.</exception>
    public static SearchData Of(ModelSpec spec, Table table, IReadOnlyList<Term> scope, IReadOnlyList<string> more)
    {
        spec.EnsureValid();
        if (spec.Learner is not GlmLearner glm)
            throw new HalleyException(
                "HLY3463",
                $"model '{spec.Name}' has the learner '{spec.Learner.Name}', and a search over terms is for a glm. Name the file of a glm."
            );
        if (spec.OffsetModel is { } offset)
            throw new HalleyException(
                "HLY3463",
                $"model '{spec.Name}' stands on model '{offset.Model}', and a search over terms reads columns alone. Write that model's score into a column with "
                    + "'halley predict --raw', and name the column as offset."
            );
        var names = glm.Terms.Select(term => term.Name).ToHashSet(StringComparer.Ordinal);
        var wide = spec with
        {
            Learner = glm with { Terms = [.. glm.Terms, .. scope.Where(term => !names.Contains(term.Name))] },
        };
        foreach (var column in more)
            _ = table[column];
        var derived = spec.Derived.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        var data = PreparedData.Of(wide, table, more: more.Where(column => !derived.Contains(column)));
        var set = data.TrainingSet(data.Part(DataPart.Learn), validation: null);
        return new(((GlmLearner)glm.ToldBy(spec)).Options, set);
    }
}
