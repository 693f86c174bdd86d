using System.Globalization;

namespace Halley.Registry;

/// <summary>The price rises or falls with a field as declared, all else equal, in real records.</summary>
public sealed record MonotoneGate : Gate
{
    /// <summary>Fields of the decision that the output must rise with.</summary>
    public IReadOnlyList<string> Rising { get; init; } = [];

    /// <summary>Fields of the decision that the output must fall with.</summary>
    public IReadOnlyList<string> Falling { get; init; } = [];

    /// <summary>The output looked at; null for the price.</summary>
    public string? Output { get; init; }

    /// <summary>Steps the other way up to this share do not count: amounts are rounded. Range: at least 0. Default 0.0001.</summary>
    public double Tolerance { get; init; } = 0.0001;

    /// <summary>Largest share of records with a step the other way. Range [0, 1]. Default 0.</summary>
    public double MaximumShare { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (Rising.Count + Falling.Count == 0)
            yield return "it names no field: give rising or falling";
        foreach (var field in Rising.Intersect(Falling))
            yield return $"'{field}' is both rising and falling";
        if (!(Tolerance >= 0))
            yield return "tolerance must be at least 0";
        if (!(MaximumShare is >= 0 and <= 1))
            yield return "maximum_share must lie in [0, 1]";
    }

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not MonotoneEvidence found)
            return Fail("Nobody looked whether the price follows the fields as it should.", "Name a portfolio with --portfolio.");
        var worst = found.Lines.Where(line => !(Share(line) <= MaximumShare)).OrderByDescending(Share).FirstOrDefault();
        if (worst is null)
            return Pass(
                $"As declared in {string.Join(", ", found.Lines.Select(line => line.Field))}, over {found.Lines.Max(line => line.Rows)} records.",
                found.Lines.Max(Share),
                MaximumShare
            );
        var (should, does) = worst.Rises ? ("rise", "falls") : ("fall", "rises");
        return Fail(
            string.Create(
                CultureInfo.InvariantCulture,
                $"It should {should} with {worst.Field} and {does} somewhere in {worst.Wrong} of {worst.Rows} records, most by {100 * worst.Worst:0.##} %{(worst.Example is null ? "" : $" ({worst.Example})")}."
            ),
            "Give the model a monotone rule for the field, or smooth its relativities.",
            Share(worst),
            MaximumShare,
            worst.Field
        );
    }

    static double Share(MonotoneLine line) => line.Rows == 0 ? double.NaN : (double)line.Wrong / line.Rows;
}
