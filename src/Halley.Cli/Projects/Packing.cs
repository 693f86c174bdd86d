using Halley.Data;
using Halley.Models;
using Halley.Registry;
using Halley.Reports;

namespace Halley.Cli;

/// <summary>Gathers the committee's paper for a release: from its newest request in the environment, the log up to then, and a portfolio.</summary>
static class Packing
{
    public static async Task<CommitteePaper> PaperAsync(
        Project project,
        LocalStore store,
        VersionId id,
        string environment,
        string? portfolio,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        // 1. What was asked, and what the gates found then.
        var request =
            (await store.Registry.RequestsAsync(environment, cancellation)).LastOrDefault(one => one.Draft.Release == id)
            ?? throw new HalleyException(
                "HLY7124",
                $"nobody asked yet to promote {id} to '{environment}'. Ask with 'halley promote {id} --to {environment}': the request stays where a gate fails, and the paper shows what it found."
            );
        var results = await store.Registry.ResultsAsync(request, cancellation);
        var loader = new ReleaseLoader(store.Registry, store.Artefacts);
        progress?.Report(new("loading releases", 0.1));
        var release = await loader.LoadAsync(id, cancellation);
        var before = await BeforeAsync(store, loader, request, cancellation);

        // 2. What changes, for whom, and what it is expected to bring.
        progress?.Report(new("deciding on the portfolio", 0.3));
        var expected = release.Tables.TryGetValue(ValueDefinitionJson.TableName, out var value)
            ? ValueDefinitionJson.Read(value.Span, $"release '{id}'").ExpectedOutput
            : null;
        var impact = portfolio is null
            ? null
            : PortfolioImpact.Of(before, release, project.ReadTable(portfolio, cancellation), expected, cancellation);
        IReadOnlyList<ReleaseChange> changes = before is null ? [] : ReleaseDiff.Between(before, release);

        // 3. What it answered as a shadow before it was asked for.
        progress?.Report(new("reading the decision log", 0.7));
        var shadow = await ShadowAsync(store, release, environment, request.At, cancellation);
        var isSimulated =
            (portfolio is not null && project.IsSimulated(portfolio))
            || request.Report.Evidence.Any(evidence => evidence.Simulated)
            || shadow?.Comparison.Simulated == true;
        var words = new PackWords(release, before, request, results) { Impact = impact, Changes = changes };
        return new()
        {
            Title = $"{id} for {environment}",
            Lede = words.Lede,
            Simulated = isSimulated,
            Verdict = words.Verdict,
            IsReady = results.All(result => !result.Blocks),
            Headlines = words.Headlines,
            Changes = words.ChangeLines,
            Bands = words.Bands,
            Money = words.Money,
            Losers = PackWords.Segments(impact?.Losers),
            Gainers = PackWords.Segments(impact?.Gainers),
            ActualExpected = words.ActualExpected,
            Shadow = PackWords.Shadow(shadow),
            Gates = [.. results.Select(result => (result.Gate, Gating.Verdict(result), Gating.Finding(result)))],
            Waivers = words.Waivers,
            OpenPoints = words.OpenPoints(portfolio, shadow is not null),
            Edits =
            [
                .. release.Release.Models.SelectMany(pinned =>
                    ((release.Models[pinned.Reference].Spec.Learner as RatingLearner)?.Edits ?? []).Select(
                        (edit, i) => (IReadOnlyList<string>)[pinned.Version.ToString(), RatingEditText.Of(i + 1, edit)]
                    )
                ),
            ],
            Lineage = await LineageAsync(store, release, cancellation),
            Approvals =
            [
                .. (await store.Registry.ApprovalsAsync(request.Id, cancellation)).Select(approval =>
                    (IReadOnlyList<string>)
                        [approval.By.ToString(), approval.Role ?? "–", PackWords.Time(approval.At), approval.Why]
                ),
            ],
            Notes = words.Notes(portfolio),
        };
    }

    /// <summary>The release that answered what this one shall answer, when it was asked for; null where none did.</summary>
    static async Task<LoadedRelease?> BeforeAsync(
        LocalStore store,
        ReleaseLoader loader,
        PromotionRequest request,
        CancellationToken cancellation
    )
    {
        var draft = request.Draft;
        var history = await store.Registry.HistoryAsync(draft.Environment, draft.Release.Name, cancellation);
        if (history.LastOrDefault(change => change.Revision == request.BaseRevision) is not { } state)
            return null;
        var day = draft.Effective ?? DateOnly.FromDateTime(request.At.UtcDateTime);
        var before =
            draft.Effective is null && draft.Transaction is null
                ? state.Arms.Champion
                : state.Arms.ReleaseFor(draft.Transaction ?? Transaction.NewBusiness, day);
        return before is { } champion && champion != draft.Release ? await loader.LoadAsync(champion, cancellation) : null;
    }

    /// <summary>Where it was shadow, the environment itself before others; null where it was none anywhere.</summary>
    static async Task<(string Environment, ShadowComparison Comparison)?> ShadowAsync(
        LocalStore store,
        LoadedRelease release,
        string environment,
        DateTimeOffset until,
        CancellationToken cancellation
    )
    {
        if (Prices.OutputOf(release.Definition) is not { } price)
            return null;
        var places = (await store.Registry.HistoryAsync(cancellation: cancellation))
            .Where(change => change.Arms.Shadows.Contains(release.Release.Id))
            .Select(change => change.Environment)
            .Distinct()
            .OrderByDescending(name => name == environment);
        foreach (var place in places)
        {
            var found = await ShadowComparison.ReadAsync(
                store.LogReader,
                release.Release.Id,
                place,
                price.Name,
                until,
                cancellation
            );
            if (found is not null)
                return (place, found);
        }
        return null;
    }

    static async Task<IReadOnlyList<IReadOnlyList<string>>> LineageAsync(
        LocalStore store,
        LoadedRelease release,
        CancellationToken cancellation
    )
    {
        var lines = new List<IReadOnlyList<string>>
        {
            new[]
            {
                "release",
                release.Release.Id.ToString(),
                release.Release.Hash.Short,
                $"made by {release.Release.By.Name}, {PackWords.Time(release.Release.At)}, signed with key {release.Release.KeyId[..Math.Min(12, release.Release.KeyId.Length)]}",
            },
            new[] { "definition", "–", release.Release.Definition.Short, "inputs, formulas, rules, outputs" },
        };
        foreach (var pinned in release.Release.Models)
        {
            var lineage = release.Models[pinned.Reference].Lineage;
            var version = (await store.Registry.ModelsAsync(pinned.Version.Name, cancellation)).First(one =>
                one.Id == pinned.Version
            );
            lines.Add([
                $"model {pinned.Reference}",
                pinned.Version.ToString(),
                pinned.Hash.Short,
                $"registered by {version.By.Name}, {PackWords.Time(version.At)}; data {lineage.DataFingerprint[..12]}, spec {lineage.SpecHash[..12]}, code {lineage.CodeVersion}",
            ]);
        }
        lines.AddRange(
            release.Release.Tables.Select(table =>
                new[] { $"file {table.Name}", "–", table.Hash.Short, "as the release holds it" }
            )
        );
        return lines;
    }
}
