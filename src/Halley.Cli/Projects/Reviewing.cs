using System.Text;
using Halley.Data;
using Halley.Registry;
using Halley.Reports;

namespace Halley.Cli;

/// <summary>Gathers what a release changes against an environment's champion: gates, metrics, answers of a portfolio, factors.</summary>
static class Reviewing
{
    public static async Task<(ReviewPaper Paper, bool Passes)> PaperAsync(
        Project project,
        LocalStore store,
        VersionId id,
        string environment,
        string? portfolio,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        // 1. The two releases.
        var loader = new ReleaseLoader(store.Registry, store.Artefacts);
        var after = await loader.LoadAsync(id, cancellation);
        var arms = await Promoting.ArmsAsync(store, environment, id.Name, cancellation);
        var before = arms.Champion is { } champion && champion != id ? await loader.LoadAsync(champion, cancellation) : null;
        // 2. What the gates say of it now; approvals come later.
        await Gating.SetGatesAsync(project, store, environment, CommandContext.ActorOf(null), cancellation);
        var gates = await store.Registry.GatesAsync(environment, cancellation);
        var judged = await Gating
            .Evaluator(project, store, portfolio, progress.Part(0.1, 0.5))
            .EvaluateAsync(gates, new(after.Release, environment, ReleaseRole.Champion, arms), cancellation);
        var later = gates.Gates.OfType<ApprovalGate>().Select(gate => gate.Name).ToHashSet();
        List<GateResult> results = [.. judged.Results.Where(result => !later.Contains(result.Gate))];
        // 3. How well its models tell risks apart, and how far answers and factors move.
        var metrics = ReviewMetrics.Of(project, before, after, progress.Part(0.5, 0.8), cancellation);
        var rows = portfolio is null ? null : project.ReadTable(portfolio, cancellation);
        var impact = before is null || rows is null ? null : Impact(before, after, rows, cancellation);
        var passes = !results.Exists(result => result.Blocks);
        return (
            new()
            {
                Title = before is null ? $"{id}" : $"{id} against {before.Release.Id}",
                Lede = Lede(environment, before, results),
                Simulated =
                    metrics.Simulated
                    || (portfolio is not null && project.IsSimulated(portfolio))
                    || judged.Evidence.Any(evidence => evidence.Simulated),
                Sections =
                [
                    ReviewWords.Gates(environment, results),
                    metrics.Section,
                    ReviewWords.Impact(portfolio, before, after, impact),
                    .. ReviewWords.Segments(impact),
                    ReviewWords.Changes(before, before is null ? [] : ReleaseDiff.Between(before, after)),
                ],
            },
            passes
        );
    }

    /// <summary>Writes a review as <c>PATH.md</c> and <c>PATH.html</c>.</summary>
    public static async Task WriteAsync(ReviewPaper paper, string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var utf8 = new UTF8Encoding(false);
        await File.WriteAllTextAsync(path + ".md", ReviewMarkdown.Write(paper), utf8, cancellation);
        await File.WriteAllTextAsync(path + ".html", ReviewPage.Write(paper), utf8, cancellation);
    }

    static PortfolioImpact? Impact(LoadedRelease before, LoadedRelease after, Table rows, CancellationToken cancellation) =>
        PortfolioImpact.Of(before, after, rows, expected: null, ReviewWords.OutputOf(after.Definition)?.Name, cancellation);

    static string Lede(string environment, LoadedRelease? before, List<GateResult> results)
    {
        var failed = results.Count(result => result.Blocks);
        var verdict =
            failed == 0
                ? $"Every gate of {environment} lets it pass"
                : $"{failed} of {results.Count} gates of {environment} stop it";
        return before is null
            ? $"{verdict}. There is no champion in {environment} to compare with."
            : $"{verdict}. Compared with {before.Release.Id}, the champion in {environment}.";
    }
}
