using System.Globalization;

namespace Halley.Registry;

/// <summary>The portfolio still looks like the data that the models learned from: exposure-weighted population stability index by field.</summary>
public sealed record DriftGate : Gate
{
    /// <summary>Largest index of any field or prediction. Range: above 0. Default 0.25, above which a shift is usually called large.</summary>
    public double Threshold { get; init; } = 0.25;

    /// <summary>The fields looked at; empty for every field that the models read, and their predictions.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public override IEnumerable<string> Validate() => Threshold > 0 ? [] : ["threshold must be above 0"];

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not DriftEvidence found)
            return Fail(
                "The portfolio was not compared with the data that the models learned from.",
                "Name a portfolio with --portfolio, in the project whose data the models learned from."
            );
        if (found.Lines.Count == 0)
            return Fail("There is no field to compare.", "Name fields that the models read.");
        // A NaN comes first and fails.
        var worst = found
            .Lines.OrderByDescending(line => double.IsNaN(line.Index) ? double.PositiveInfinity : line.Index)
            .First();
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"The portfolio lies furthest from the data learned from in {worst.Field} (index {worst.Index:0.###}): {worst.Group} has {100 * worst.After:0.#} % of the exposure, it had {100 * worst.Before:0.#} %."
        );
        return worst.Index <= Threshold
            ? Pass(sentence, worst.Index, Threshold)
            : Fail(
                sentence,
                "Refit on data that look like the portfolio, or say why the shift does not matter.",
                worst.Index,
                Threshold,
                worst.Group
            );
    }
}
