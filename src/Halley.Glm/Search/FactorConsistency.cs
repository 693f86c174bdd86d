using System.Globalization;
using Halley.Data;

namespace Halley.Glm;

/// <summary>Fits each term of a model anew in every part of the rows, the other terms being common to all, and tests whether that is needed.</summary>
/// <remarks>
/// The parts themselves may differ in level: they are a factor of both models. Terms that penalties hold, given relativities and
/// interactions are not split. The likelihood ratio is that of <see cref="TermMove"/>.
/// </remarks>
public static class FactorConsistency
{
    /// <summary>More parts than this are refused.</summary>
    public const int PartLimit = 50;

    /// <summary>Name of the parts where rows are dealt out to folds.</summary>
    const string FoldColumn = "(fold)";

    /// <summary>By the values of a column: a category, a boolean, or a number with few values.</summary>
    /// <exception cref="HalleyException">HLY2161: the column does not make 2 to 50 parts, or the model is penalised; HLY1001: there is no such column.</exception>
    public static IReadOnlyList<TermConsistency> ByColumn(
        GlmOptions options,
        TrainingSet set,
        string column,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (options.Penalty is not null || options.BiasReduction)
            throw new HalleyException(
                "HLY2161",
                "consistency is a likelihood ratio, which this model does not have; leave out penalty and bias reduction."
            );
        var parts = Enumerable
            .Range(0, set.Learn.RowCount)
            .Select(set.Learn[column].TextAt)
            .Distinct()
            .Take(PartLimit + 1)
            .Count();
        if (parts is < 2 or > PartLimit)
            throw new HalleyException(
                "HLY2161",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"column '{column}' makes {(parts > PartLimit ? "more than " + PartLimit : parts)} part(s) of the learn rows; "
                        + $"2 to {PartLimit} can be compared. Name another column, or derive one with fewer values."
                )
            );
        return Each(options, set with { Features = [], Validation = null }, column, progress, cancellation);
    }

    /// <summary>By folds drawn at random or by id: what differs between them is noise.</summary>
    /// <inheritdoc cref="ByColumn"/>
    public static IReadOnlyList<TermConsistency> ByFolds(
        GlmOptions options,
        TrainingSet set,
        FoldPlan plan,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var rows = LearnRows.Of(set, options);
        var folds = FoldAssigner.Assign(set, rows, plan);
        var names = Enumerable.Range(1, folds.Count).Select(fold => fold.ToString(CultureInfo.InvariantCulture));
        var learn = rows.Table.With(new CategoricalColumn(FoldColumn, folds.Of, new(names)));
        return ByColumn(options, set with { Learn = learn }, FoldColumn, progress, cancellation);
    }

    static List<TermConsistency> Each(
        GlmOptions options,
        TrainingSet set,
        string column,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var plain = options with
        {
            LikelihoodRatioTests = false,
            ProfileIntervals = false,
            Errors = ErrorKind.Model,
            Cluster = null,
        };
        // 1. The model with the parts as a factor, so that levels of parts are not taken for differences of terms.
        var part = options.Terms.OfType<FactorTerm>().FirstOrDefault(term => term.Column == column && term.Fixed is null);
        Term[] common = part is null
            ? [.. options.Terms, part = new(column) { Label = NameFor(options, column) }]
            : [.. options.Terms];
        GlmFit Fit(IReadOnlyList<Term> terms) => new GlmTrainer(plain with { Terms = terms }).Fit(set, null, cancellation);
        var together = Fit(common);
        // 2. Each term with an effect of its own in each part.
        var split = options.Terms.OfType<ColumnTerm>().Where(term => CanSplit(term, column)).ToList();
        var found = new List<TermConsistency>();
        for (var t = 0; t < split.Count; t++)
        {
            var own = new InteractionTerm(split[t], part) { Label = $"{split[t].Name} by {column}" };
            var apart = Fit([.. common.Select(term => ReferenceEquals(term, split[t]) ? own : term)]);
            if (TermMove.Of(split[t].Name, true, together, apart) is { } test)
                found.Add(new(split[t].Name, test, Effects(split[t], own.Name, part.Name, together, apart)));
            progress?.Report(new("splitting terms", (t + 1.0) / split.Count, split[t].Name));
        }
        return found;
    }

    static string? NameFor(GlmOptions options, string column) =>
        options.Terms.Any(term => term.Name == column) ? $"{column} (parts)" : null;

    static bool CanSplit(ColumnTerm term, string column) =>
        term.Column != column && term is not (SmoothTerm or PenalisedLevelTerm or LevelTerm { Fixed: not null });

    static IReadOnlyList<PartEffect> Effects(ColumnTerm term, string interaction, string part, GlmFit together, GlmFit apart)
    {
        string[] LevelsOf(string name) =>
            [.. together.Relativities.First(own => own.Term == name).Levels.Select(level => level.Level)];
        var parts = LevelsOf(part);
        if (term is LevelTerm)
        {
            var levels = LevelsOf(term.Name);
            // Cells count the first factor's levels slowest.
            return
            [
                .. apart
                    .Relativities.First(own => own.Term == interaction)
                    .Levels.Select(
                        (cell, i) =>
                            new PartEffect(
                                levels[i / parts.Length],
                                parts[i % parts.Length],
                                cell.Coefficient,
                                cell.StandardError,
                                cell.Exposure
                            )
                    ),
            ];
        }
        GlmCoefficient[] slopes = [.. apart.Coefficients.Where(own => own.Term == interaction)];
        return slopes.Length == parts.Length
            ? [.. slopes.Select((own, i) => new PartEffect(null, parts[i], own.Estimate, own.StandardError, null))]
            : [];
    }
}
