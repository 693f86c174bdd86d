using System.Globalization;

namespace Halley.Registry;

/// <summary>One decision is fast enough.</summary>
public sealed record LatencyGate : Gate
{
    /// <summary>Milliseconds that 99 in 100 decisions may take at most. Range: above 0.</summary>
    public required double MaximumP99 { get; init; }

    public override IEnumerable<string> Validate() =>
        MaximumP99 > 0 && double.IsFinite(MaximumP99) ? [] : ["maximum_p99_ms must be above 0"];

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not LatencyEvidence { Decisions: > 0 } found)
            return Fail("The time of a decision was not measured.", "Name a portfolio with --portfolio.");
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"99 in 100 of {found.Decisions} decisions took at most {found.P99:0.###} ms{(found.ChampionP99 is { } before ? $", the champion's {before:0.###} ms" : "")}"
        );
        return found.P99 <= MaximumP99
            ? Pass(sentence + ".", found.P99, MaximumP99)
            : Fail(
                string.Create(CultureInfo.InvariantCulture, $"{sentence}; {MaximumP99:0.###} ms is the limit."),
                "Take fewer or smaller models, or fewer reasons; or measure on a machine that has nothing else to do.",
                found.P99,
                MaximumP99
            );
    }
}
