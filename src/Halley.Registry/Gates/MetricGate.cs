using System.Globalization;

namespace Halley.Registry;

/// <summary>A metric of the release is not worse than the champion's, on the same held-out rows.</summary>
public sealed record MetricGate : Gate
{
    /// <summary>For example <c>deviance</c> or <c>gini</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The model it is measured on, where the decision has several; null for the decision as a whole.</summary>
    public string? Model { get; init; }

    /// <summary>How much worse than the champion is accepted, in the metric's own unit. Range: at least 0. Default 0.</summary>
    public double MaximumLoss { get; init; }

    /// <summary>Whether the whole interval of the difference must keep the limit, not only the figure. Default false.</summary>
    public bool WholeInterval { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Metric))
            yield return "no metric is named";
        if (!(MaximumLoss >= 0) || double.IsInfinity(MaximumLoss))
            yield return $"maximum_loss is {MaximumLoss.ToString(CultureInfo.InvariantCulture)}; a finite number of at least 0 is needed";
    }

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not MetricEvidence found)
            return Fail(
                $"There is no figure for {Metric}.",
                "Evaluate the release on held-out data and promote with that evidence."
            );
        if (!double.IsFinite(found.Candidate))
            return Fail(
                $"{Metric} of the release is not a number.",
                "Look at the evaluation: a NaN or infinite score is an error."
            );
        if (found.Champion is not { } champion)
            return Pass($"{Metric} is {Number(found.Candidate)}; there is no champion to compare with.", found.Candidate);
        var difference = found.Candidate - champion;
        // Gain > 0: the release is better.
        var gain = found.HigherIsBetter ? difference : -difference;
        var worst = found.HigherIsBetter ? found.DifferenceLower : -found.DifferenceUpper;
        if (WholeInterval && worst is null)
            return Fail(
                $"{Metric} has no interval of its difference.",
                "Evaluate with a bootstrap so that the difference has one."
            );
        var judged = WholeInterval ? worst!.Value : gain;
        var sentence =
            $"{Metric} is {Number(found.Candidate)}, the champion's is {Number(champion)} ({(gain >= 0 ? "better" : "worse")} by {Number(Math.Abs(gain))}"
            + (
                WholeInterval
                    ? $", at the interval's bad end {(judged >= 0 ? "better" : "worse")} by {Number(Math.Abs(judged))})"
                    : ")"
            );
        return judged >= -MaximumLoss
            ? Pass(sentence + ".", found.Candidate, champion)
            : Fail(
                $"{sentence}; at most {Number(MaximumLoss)} worse is accepted.",
                "Improve the model, or widen maximum_loss with a reason that the approver can read.",
                found.Candidate,
                champion
            );
    }

    static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
