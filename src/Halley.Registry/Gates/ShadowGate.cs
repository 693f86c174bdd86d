using System.Globalization;

namespace Halley.Registry;

/// <summary>The release answered enough real requests as a shadow.</summary>
public sealed record ShadowGate : Gate
{
    /// <summary>Shadow decisions that are needed. Range: at least 1.</summary>
    public required long Minimum { get; init; }

    /// <summary>Where they are counted; null for the environment of the promotion.</summary>
    public string? Environment { get; init; }

    /// <summary>Largest share of them that may have failed. Range [0, 1]. Default 0.</summary>
    public double MaximumErrorShare { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (Minimum < 1)
            yield return $"minimum is {Minimum}; at least 1 is needed";
        if (!(MaximumErrorShare is >= 0 and <= 1))
            yield return "maximum_error_share must lie in [0, 1]";
    }

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not ShadowEvidence found)
            return Fail("Shadow decisions were not counted.", "Promote where the decision log is at hand.");
        if (found.Decisions < Minimum)
        {
            return Fail(
                $"{found.Decisions} shadow decisions were logged, {Minimum} are needed.",
                "Promote the release as a shadow and wait, or replay logged decisions.",
                found.Decisions,
                Minimum
            );
        }
        var share = (double)found.Errors / found.Decisions;
        var counted = string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Decisions} shadow decisions were logged, {found.Errors} of them failed"
        );
        return share <= MaximumErrorShare
            ? Pass(counted + ".", found.Decisions, Minimum)
            : Fail(
                counted + ": too many.",
                "Read their errors in the decision log and correct the release.",
                share,
                MaximumErrorShare
            );
    }
}
