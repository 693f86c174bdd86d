using Halley.Statistics;

namespace Halley.Registry;

/// <summary>A shadow's answers against those given, on the same requests.</summary>
public sealed record ShadowComparison
{
    /// <summary>The releases that answered.</summary>
    public required IReadOnlyList<VersionId> Against { get; init; }

    /// <summary>Requests that both answered.</summary>
    public required long Pairs { get; init; }

    /// <summary>Requests that the shadow could not answer.</summary>
    public required long Errors { get; init; }

    /// <summary>Answers with another price or none where the other has one.</summary>
    public required long Differ { get; init; }

    /// <summary>Price given, summed over the pairs with both prices.</summary>
    public required double Given { get; init; }

    /// <summary>The shadow's price, summed over the same pairs.</summary>
    public required double Shadow { get; init; }

    /// <summary>Mean of shadow less given, with its 95 % interval; NaN where there are too few pairs.</summary>
    public required Estimate MeanDifference { get; init; }

    /// <summary>Quantiles 1, 10, 25, 50, 75, 90, 99 % of shadow over given less 1; empty without prices.</summary>
    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>Median time of the shadow's answers, milliseconds.</summary>
    public required double MedianMilliseconds { get; init; }

    public required bool Simulated { get; init; }

    static readonly double[] Shares = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

    /// <summary>Reads the pairs of a release from the log, up to a time; null where it was nobody's shadow.</summary>
    /// <param name="price">The output compared.</param>
    public static async Task<ShadowComparison?> ReadAsync(
        DecisionLogReader log,
        VersionId release,
        string environment,
        string price,
        DateTimeOffset until,
        CancellationToken cancellation = default
    )
    {
        var query = new LogQuery
        {
            Environment = environment,
            Decision = release.Name,
            To = until,
        };
        var shadows = new Dictionary<Guid, ShadowRecord>();
        await foreach (var shadow in log.ShadowsAsync(query, cancellation).ConfigureAwait(false))
        {
            if (shadow.Release == release)
                shadows[shadow.DecisionId] = shadow;
        }
        if (shadows.Count == 0)
            return null;
        var (against, given, own) = (new HashSet<VersionId>(), new List<double>(), new List<double>());
        var (pairs, differ) = (0L, 0L);
        await foreach (var decision in log.DecisionsAsync(query, cancellation).ConfigureAwait(false))
        {
            if (!shadows.TryGetValue(decision.Id, out var shadow) || shadow.Error is not null)
                continue;
            against.Add(decision.Release);
            pairs++;
            var (a, b) = (ValueData.Number(decision.Outputs.Span, price), ValueData.Number(shadow.Outputs.Span, price));
            differ += a.Equals(b) ? 0 : 1;
            if (!(a > 0) || double.IsNaN(b))
                continue;
            given.Add(a);
            own.Add(b);
        }
        double[] moves = [.. given.Zip(own, (a, b) => b / a - 1).Order()];
        var times = shadows.Values.Select(shadow => shadow.LatencyMicroseconds / 1000).Order().ToArray();
        return new()
        {
            Against = [.. against.OrderBy(one => one.Version)],
            Pairs = pairs,
            Errors = shadows.Values.Count(shadow => shadow.Error is not null),
            Differ = differ,
            Given = given.Sum(),
            Shadow = own.Sum(),
            MeanDifference = Statistics.MeanDifference.Paired([.. own], [.. given]),
            Quantiles = moves.Length == 0 ? [] : [.. Shares.Select(share => moves[(int)(share * (moves.Length - 1))])],
            MedianMilliseconds = times[times.Length / 2],
            Simulated = shadows.Values.Any(shadow => shadow.Simulated),
        };
    }
}
