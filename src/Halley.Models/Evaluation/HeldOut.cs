namespace Halley.Models;

/// <summary>Rows to measure models on: as prepared for a model's target, and as they came.</summary>
/// <param name="Prepared">Target, exposure and weight, and derived features, shape (n).</param>
/// <param name="Source">The same rows of the data as they came, for any model to score.</param>
/// <param name="SourceRows">Row of the data that each row is, shape (n).</param>
sealed record HeldOut(PreparedData Data, Table Prepared, Table Source, IReadOnlyList<int> SourceRows)
{
    /// <exception cref="HalleyException">HLY3507: the part has no rows.</exception>
    public static HeldOut Of(FittedModel model, Table table, EvaluationOptions options)
    {
        var spec = options.Part is null ? model.Spec with { Split = null } : model.Spec;
        var data = PreparedData.Of(spec, table, model.Header.TargetFactor);
        var part = options.Part ?? DataPart.Learn;
        var held = new HeldOut(data, data.Part(part), data.SourceOf(part, table), data.SourceRowsOf(part));
        if (held.Prepared.RowCount == 0)
            throw new HalleyException(
                "HLY3507",
                $"model '{model.Name}': its split leaves no {part.ToString().ToLowerInvariant()} rows in these data. "
                    + "Name another part, or measure on every row."
            );
        return held;
    }
}
