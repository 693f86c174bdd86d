namespace Halley.Registry;

/// <summary>A canary as the environment's history tells it: nothing else remembers how far it is, so that every server says the same.</summary>
/// <param name="Step">The step it is in, from 0.</param>
/// <param name="Since">When the step began, or the canary ended; null before its first step.</param>
/// <param name="Revision">Revision of the change that began the step; decisions from it on count.</param>
/// <param name="Words">What happened last.</param>
public sealed record CanaryState(Canary Canary, CanaryStatus Status, int Step, DateTimeOffset? Since, long Revision, string Words)
{
    /// <param name="changes">Every change of the decision in the environment, oldest first.</param>
    internal static CanaryState Of(Canary canary, IReadOnlyList<EnvironmentChange> changes)
    {
        var first = changes.FirstOrDefault(change => change.Request == canary.Request && change.Release == canary.Release);
        if (first is null)
            return new(canary, CanaryStatus.Asked, 0, null, 0, "its first step waits for gates or approvals.");
        var last = changes.LastOrDefault(change => change.Canary?.Id == canary.Id) ?? first;
        var step = last.Canary?.Step ?? 0;
        CanaryState As(CanaryStatus status, EnvironmentChange change, string words) =>
            new(canary, status, step, change.At, change.Revision, words);
        if (last.Kind == ChangeKind.Withdraw)
            return As(last.Canary!.IsBreach ? CanaryStatus.RolledBack : CanaryStatus.Ended, last, last.Why);
        if (step == canary.Plan.Steps.Count)
            return As(CanaryStatus.Passed, last, last.Why);
        // What people did since: a canary watches one release beside one champion at the share of its step.
        var share = canary.Plan.Steps[step].Share;
        foreach (var later in changes.Where(change => change.Revision > last.Revision))
        {
            var arm = later.Arms.Challengers.FirstOrDefault(one => one.Release == canary.Release);
            if (later.Arms.Champion != canary.Against || arm is null || Math.Abs(arm.Share - share) > 1e-6)
                return As(
                    CanaryStatus.Ended,
                    later,
                    $"{later.By.Name} changed what is live (revision {later.Revision}): {later.Why}"
                );
        }
        return As(CanaryStatus.Running, last, last.Why);
    }
}
