using Halley.Data;
using Halley.Models;

namespace Halley.Registry;

/// <summary>Evidence that rests on a portfolio: premium changes, monotony, unseen levels, drift, time, and fairness.</summary>
public sealed class PortfolioEvidence : IEvidenceProvider
{
    // Enough rows for a share to a tenth of a percent, few enough to wait for.
    const int Rows = 20_000;

    readonly ReleaseLoader loader;
    readonly Func<CancellationToken, Table?> portfolio;
    readonly string source;

    /// <param name="portfolio">Reads the portfolio; null where there is none.</param>
    /// <param name="source">What the portfolio is called.</param>
    public PortfolioEvidence(ReleaseLoader loader, Func<CancellationToken, Table?> portfolio, string source) =>
        (this.loader, this.portfolio, this.source) = (loader, portfolio, source);

    /// <summary>Whether the portfolio was generated. Default false.</summary>
    public bool Simulated { get; init; }

    /// <summary>The data that a model learned from; null where they are not at hand. Default: never at hand.</summary>
    public Func<FittedModel, CancellationToken, Table?> Learned { get; init; } = (_, _) => null;

    /// <summary>Times decisions. Default: the machine's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public async Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (
            gate
            is not (
                DislocationGate
                or AuthorityGate
                or MonotoneGate
                or UnseenGate
                or DriftGate
                or LatencyGate
                or RenewalPriceGate
                or ProtectedGate
            )
        )
            return null;
        var release = await loader.LoadAsync(subject.Release.Id, cancellation).ConfigureAwait(false);
        if (gate is DislocationGate or AuthorityGate && !CanMove(release, subject))
            return Marked(NothingToMove(gate.Name));
        if (portfolio(cancellation) is not { } rows)
            return null;
        progress?.Report(new($"gate {gate.Name}", 0.1));
        GateEvidence? found = gate switch
        {
            DislocationGate moves => await DislocationAsync(
                    gate,
                    moves.Threshold,
                    moves.Segments ?? [],
                    subject,
                    rows,
                    cancellation
                )
                .ConfigureAwait(false),
            AuthorityGate moves => await DislocationAsync(gate, moves.Threshold, [], subject, rows, cancellation)
                .ConfigureAwait(false),
            MonotoneGate monotone => Monotone(monotone, release, rows, cancellation),
            UnseenGate => UnseenSearch.Of(gate.Name, release, rows),
            DriftGate drift => Drift(drift, release, rows, cancellation),
            LatencyGate => await LatencyAsync(gate, release, subject, rows, cancellation).ConfigureAwait(false),
            RenewalPriceGate renewals => await RenewalsAsync(renewals, release, subject, rows, cancellation)
                .ConfigureAwait(false),
            ProtectedGate attributes => Protected(attributes, release, rows, cancellation),
            _ => null,
        };
        return found is null ? null : Marked(found);
    }

    GateEvidence Marked(GateEvidence found) =>
        found with
        {
            Source = found.Source.Length == 0 ? source : $"{source}: {found.Source}",
            Simulated = Simulated,
        };

    /// <summary>A decision without a price has no premiums that could move, and neither has the first release.</summary>
    static bool CanMove(LoadedRelease release, GateSubject subject) =>
        Prices.OutputOf(release.Definition) is not null
        && subject.Arms.Champion is { } champion
        && champion != subject.Release.Id;

    static DislocationEvidence NothingToMove(string gate) =>
        new()
        {
            Gate = gate,
            HasChampion = false,
            Policies = 0,
            Moved = 0,
            LargestRise = 0,
            TotalChange = 0,
        };

    async Task<GateEvidence?> DislocationAsync(
        Gate gate,
        double threshold,
        IReadOnlyList<string> segments,
        GateSubject subject,
        Table rows,
        CancellationToken cancellation
    )
    {
        var sample = PortfolioRows.Sample(rows, Rows);
        var after = Prices.Of(
            await loader.LoadAsync(subject.Release.Id, cancellation).ConfigureAwait(false),
            sample,
            null,
            cancellation
        );
        var champion = await loader.LoadAsync(subject.Arms.Champion!.Value, cancellation).ConfigureAwait(false);
        var before = Prices.Of(champion, sample, null, cancellation);
        return after is null || before is null
            ? null
            : PortfolioDislocation.Of(gate.Name, before, after, threshold, sample, segments);
    }

    static MonotoneEvidence? Monotone(MonotoneGate gate, LoadedRelease release, Table rows, CancellationToken cancellation)
    {
        if ((gate.Output ?? Prices.OutputOf(release.Definition)?.Name) is not { } output)
            return null;
        var fields = gate.Rising.Select(field => (field, true)).Concat(gate.Falling.Select(field => (field, false)));
        return new()
        {
            Gate = gate.Name,
            Source = $"output {output}",
            Lines =
            [
                .. fields.Select(one =>
                    MonotoneProbe.Line(release, rows, one.field, one.Item2, (output, gate.Tolerance), cancellation)
                ),
            ],
        };
    }

    DriftEvidence? Drift(DriftGate gate, LoadedRelease release, Table rows, CancellationToken cancellation)
    {
        var (lines, any) = (new List<DriftLine>(), false);
        foreach (var (reference, model) in release.Models.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Learned(model, cancellation) is not { } then)
                continue;
            any = true;
            var (before, now) = (PortfolioRows.Exposure(then), PortfolioRows.Exposure(rows));
            foreach (var field in model.ScoreInputs.Fields.Select(field => field.Name))
            {
                var isWanted = gate.Fields.Count == 0 || gate.Fields.Contains(field);
                if (isWanted && then.Find(field) is { } old && rows.Find(field) is { } column)
                    lines.AddIfAny(StabilityIndex.Of(reference, old, before, column, now));
            }
            if (gate.Fields.Count == 0 && Predictions(model, then, rows, cancellation) is var (learned, fresh))
                lines.AddIfAny(StabilityIndex.Of(reference, learned, before, fresh, now));
        }
        return any ? new() { Gate = gate.Name, Lines = lines } : null;
    }

    /// <summary>A model's predictions then and now; null where the portfolio lacks what it reads, or has values that it refuses.</summary>
    static (Column Then, Column Now)? Predictions(FittedModel model, Table then, Table now, CancellationToken cancellation)
    {
        if (!model.ScoreInputs.Fields.All(field => then.Has(field.Name) && now.Has(field.Name)))
            return null;
        try
        {
            return (
                model.Predict(then, PredictMode.AtExposureOne, cancellation: cancellation),
                model.Predict(now, PredictMode.AtExposureOne, cancellation: cancellation)
            );
        }
        catch (HalleyException)
        {
            // A level or value that the model refuses is what the gate of unseen levels tells.
            return null;
        }
    }

    async Task<GateEvidence> LatencyAsync(
        Gate gate,
        LoadedRelease release,
        GateSubject subject,
        Table rows,
        CancellationToken cancellation
    )
    {
        var own = DecisionClock.Times(release, rows, Clock, cancellation);
        double? before = null;
        if (subject.Arms.Champion is { } champion && champion != subject.Release.Id)
        {
            var loaded = await loader.LoadAsync(champion, cancellation).ConfigureAwait(false);
            before = DecisionClock.Quantile(DecisionClock.Times(loaded, rows, Clock, cancellation), 0.99);
        }
        return new LatencyEvidence
        {
            Gate = gate.Name,
            Source = "without network and log",
            Decisions = own.Length,
            Median = DecisionClock.Quantile(own, 0.5),
            P99 = DecisionClock.Quantile(own, 0.99),
            ChampionP99 = before,
        };
    }

    async Task<GateEvidence?> RenewalsAsync(
        RenewalPriceGate gate,
        LoadedRelease release,
        GateSubject subject,
        Table rows,
        CancellationToken cancellation
    )
    {
        // A release for one transaction meets, on its first day, the release that then answers the other.
        var day = subject.Effective ?? DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        async Task<LoadedRelease> OtherAsync(Transaction transaction) =>
            subject.After?.ReleaseFor(transaction, day) is { } other
                ? await loader.LoadAsync(other, cancellation).ConfigureAwait(false)
                : release;
        var renewing =
            subject.Transaction == Transaction.NewBusiness
                ? await OtherAsync(Transaction.Renewal).ConfigureAwait(false)
                : release;
        var selling =
            subject.Transaction == Transaction.Renewal
                ? await OtherAsync(Transaction.NewBusiness).ConfigureAwait(false)
                : release;
        return RenewalPrices.Of(gate, renewing, selling, PortfolioRows.Sample(rows, Rows), cancellation);
    }

    ProtectedEvidence? Protected(ProtectedGate gate, LoadedRelease release, Table rows, CancellationToken cancellation)
    {
        if (!gate.Attributes.All(rows.Has))
            return null;
        var first = release.Definition.Models.Select(use => release.Models[use.Reference]).FirstOrDefault();
        // Classes have no one actual and expected by level.
        var data = first is null || first.PredictsClasses ? null : Learned(first, cancellation);
        return new()
        {
            Gate = gate.Name,
            Attributes =
            [
                .. gate.Attributes.Select(attribute =>
                    ProtectedTreatment.Of(
                        gate,
                        attribute,
                        release,
                        PortfolioRows.Sample(rows, Rows),
                        data is null ? null : (first!, data),
                        cancellation
                    )
                ),
            ],
        };
    }
}
