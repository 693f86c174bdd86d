using Halley.Data;
using Halley.Decisions;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>The plans of monitor.yaml, and what they say of what is live.</summary>
static class Monitoring
{
    /// <summary>The plan of a decision that is about to be released; null where monitor.yaml has none.</summary>
    /// <exception cref="HalleyException">HLY5611, HLY5613: the plan does not fit the decision.</exception>
    public static MonitorPlan? PlanOf(Project project, DecisionDefinition definition)
    {
        var plan = Plans(project).FirstOrDefault(one => one.Decision == definition.Name);
        if (plan is not null)
            ReleaseMonitor.Of(plan, definition);
        return plan;
    }

    /// <summary>Every plan of the project; none without monitor.yaml.</summary>
    public static IReadOnlyList<MonitorPlan> Plans(Project project)
    {
        var path = Path.Combine(project.Folder, "monitor.yaml");
        return File.Exists(path) ? SpecFiles.Monitor.Read(path) : [];
    }

    /// <summary>A report for each champion that is live in an environment and has a plan in monitor.yaml, or was released with one.</summary>
    public static async Task<IReadOnlyList<(MonitorReport Report, MonitorPlan Plan, string? Notice)>> ReportsAsync(
        Project project,
        LocalStore store,
        string environment,
        string? decision,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var plans = Plans(project);
        var live = (await store.Registry.LiveAsync(environment, cancellation))
            .Where(one => one.Arms.Champion is not null && (decision is null || one.Decision == decision))
            .ToList();
        if (decision is not null && live.Count == 0)
            throw new HalleyException("HLY7145", $"'{decision}' has no champion in '{environment}'. See 'halley live'.");
        var loader = new ReleaseLoader(store.Registry, store.Artefacts);
        var reports = new List<(MonitorReport, MonitorPlan, string?)>();
        foreach (var (place, one) in live.Index())
        {
            var release = await loader.LoadAsync(one.Arms.Champion!.Value, cancellation);
            var (plan, notice) = PlanFor(release, plans.FirstOrDefault(plan => plan.Decision == one.Decision));
            if (plan is null)
                continue;
            var part = progress.Part(place / (double)live.Count, (place + 1.0) / live.Count);
            reports.Add(
                (
                    await MonitorReader.ReadAsync(
                        store.LogReader,
                        plan,
                        release,
                        environment,
                        project.Clock.GetUtcNow(),
                        part,
                        cancellation
                    ),
                    plan,
                    notice
                )
            );
        }
        return reports;
    }

    /// <summary>The project's plan where the release has what it names, or else the plan that was released; null without one.</summary>
    static (MonitorPlan? Plan, string? Notice) PlanFor(LoadedRelease release, MonitorPlan? written)
    {
        var stored = release.Tables.TryGetValue(MonitorPlanJson.TableName, out var json)
            ? MonitorPlanJson.Read(json.Span, $"release '{release.Release.Id}'")
            : null;
        if (written is null || stored is null)
            return (written ?? stored, null);
        try
        {
            ReleaseMonitor.Of(written, release);
            return (written, null);
        }
        catch (HalleyException problem)
        {
            // The file may be ahead of what is live: what watches a release must not end because the next one is prepared.
            return (stored, $"{release.Release.Id} is watched by the plan it was released with: {problem.Message}");
        }
    }
}
