using Halley.Glm;

namespace Halley.Models;

/// <summary>Exposure of the learn rows by the cells of a rating table.</summary>
sealed class RatingExposure
{
    readonly Dictionary<string, double[]> exposures;

    RatingExposure(RatingFit fit) =>
        exposures = fit.Relativities.ToDictionary(
            term => term.Term,
            term => term.Levels.Select(level => level.Exposure).ToArray(),
            StringComparer.Ordinal
        );

    public static RatingExposure Of(ModelSpec spec, RatingTable table, Table source)
    {
        var data = PreparedData.Of(spec, RatingColumns.AsCategories(spec, source));
        table.EnsureKnows(data.Table, data.SourceRows);
        return new(new RatingTrainer(table).Fit(data.TrainingSet(data.Part(DataPart.Learn), validation: null)));
    }

    public IReadOnlyList<double> Of(string factor) => exposures[factor];
}
