using Halley.Registry;

namespace Halley.Server;

/// <summary>Experiments and canaries of an environment as pages and the API show them.</summary>
static class TrialViews
{
    const int LatestCanaries = 5;

    /// <summary>Experiments that run, each read from the log.</summary>
    public static async Task<IReadOnlyList<ExperimentView>> ExperimentsAsync(
        LocalStore store,
        string environment,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var views = new List<ExperimentView>();
        foreach (var state in await store.Registry.ExperimentsAsync(environment, cancellation))
        {
            if (state.End is not null)
                continue;
            var experiment = state.Experiment;
            var history = await store.Registry.HistoryAsync(environment, experiment.Decision, cancellation);
            var report = await ExperimentReader.ReadAsync(store.LogReader, experiment, history, now, cancellation: cancellation);
            views.Add(Of(experiment, report));
        }
        return views;
    }

    /// <summary>The latest canaries, newest first.</summary>
    public static async Task<IReadOnlyList<CanaryView>> CanariesAsync(
        LocalStore store,
        string environment,
        CancellationToken cancellation
    ) => [.. (await store.Registry.CanariesAsync(environment, cancellation)).Reverse().Take(LatestCanaries).Select(Of)];

    static ExperimentView Of(Experiment experiment, ExperimentReport report) =>
        new(
            experiment.Id,
            experiment.Decision,
            experiment.Release.ToString(),
            experiment.Against.ToString(),
            experiment.Grade == ValueGrade.ShadowPair ? "shadow pair" : "randomised arm",
            report.Verdict,
            report.Sentence,
            report.Currency,
            Finite(report.Value),
            Finite(report.Lower),
            Finite(report.Upper),
            $"a {report.Per}",
            report.Verdict != Verdict.Undecided,
            report.Simulated,
            report.Decisions,
            report.SplitProbability,
            experiment.At,
            experiment.PlannedEnd,
            report.Notes
        );

    static CanaryView Of(CanaryState state)
    {
        var (canary, steps) = (state.Canary, state.Canary.Plan.Steps);
        var step = Math.Min(state.Step, steps.Count - 1);
        return new(
            canary.Id,
            canary.Release.ToString(),
            canary.Against.ToString(),
            state.Status,
            step + 1,
            steps.Count,
            steps[step].Share,
            state.Since,
            state.Words
        );
    }

    static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
