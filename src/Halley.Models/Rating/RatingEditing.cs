using Halley.Glm;

namespace Halley.Models;

/// <summary>Edits of a model's rating table by hand; the result is a model.</summary>
public static class RatingEditing
{
    /// <summary>The edits of a model, in order.</summary>
    public static IReadOnlyList<RatingEdit> EditsOf(FittedModel model) => (model.Spec.Learner as RatingLearner)?.Edits ?? [];

    /// <summary>The model with these edits in place of those that it has.</summary>
    /// <param name="name">Name of the new model.</param>
    /// <param name="artefact">Identity of <paramref name="model"/>, for the lineage of a model without edits.</param>
    /// <param name="source">Data for the exposure of levels and the model's figures.</param>
    /// <exception cref="HalleyException">HLY2143: an edit can't be made; HLY3471, HLY2140: the model has no table; as <see cref="RatingModels.Make"/>.</exception>
    public static FittedModel Edit(
        FittedModel model,
        string name,
        ContentHash artefact,
        IReadOnlyList<RatingEdit> edits,
        Table source,
        Schema? declared = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var table = RatingModels.TableOf(model);
        var unedited = RatingEditor.Undo(table, EditsOf(model));
        var spec = model.Spec with
        {
            Name = name,
            Family = model.Family,
            // What it stands on is in its table.
            OffsetModel = null,
            Learner =
                model.Spec.Learner as RatingLearner
                ?? new RatingLearner
                {
                    Features = table.Columns,
                    Source = model.Name,
                    SourceHash = artefact.Hex,
                    Edits = [],
                },
        };
        var exposure = RatingExposure.Of(spec, unedited, source);
        var (edited, told) = RatingEditor.Apply(unedited, edits, exposure.Of);
        spec = spec with { Learner = (RatingLearner)spec.Learner with { Edits = told } };
        var made = RatingModels.Make(spec, edited, source, declared, progress, cancellation);
        var before = model.Header.Relativities.ToLookup(line => (line.Factor, line.Level));
        var relativities = made
            .Header.Relativities.Select(line => WithInterval(line, before[(line.Factor, line.Level)]))
            .ToList();
        return new(made.Header with { Relativities = relativities }, made.Scorer, made.CheckRows);
    }

    /// <summary>A relativity that no edit touched keeps its interval, and its factor the base that it was fitted with.</summary>
    static Relativity WithInterval(Relativity line, IEnumerable<Relativity> before)
    {
        var own = before.FirstOrDefault();
        return own is null || own.Coefficient != line.Coefficient
            ? line
            : line with
            {
                IsBase = own.IsBase,
                StandardError = own.StandardError,
                Lower = own.Lower,
                Upper = own.Upper,
            };
    }
}
