namespace Halley.Registry;

/// <summary>Shadows against the release that answered, on the same requests.</summary>
sealed class ShadowPairs(ValueData data, string expectedOutput)
{
    const string Assumption =
        "Each release's own expected value is right: what a customer would have done with the shadow's answer was never seen.";

    readonly Dictionary<(VersionId Release, VersionId Against), List<(ValuedDecision Decision, double Difference)>> pairs = [];

    internal static async Task<IReadOnlyList<ValueComparison>> FindAsync(
        IAsyncEnumerable<ShadowRecord> shadows,
        ValueData data,
        string expectedOutput
    )
    {
        var found = new ShadowPairs(data, expectedOutput);
        await foreach (var shadow in shadows.ConfigureAwait(false))
            found.Add(shadow);
        return found.Comparisons();
    }

    /// <summary>A shadow's answer; one without a decision of the window, or without a number, is passed over.</summary>
    internal void Add(ShadowRecord shadow)
    {
        if (shadow.Error is not null || data.Find(shadow.DecisionId) is not { } decision)
            return;
        var difference = ValueData.Number(shadow.Outputs.Span, expectedOutput) - decision.Expected;
        if (!double.IsFinite(difference))
            return;
        var key = (shadow.Release, decision.Release);
        if (!pairs.TryGetValue(key, out var list))
            pairs.Add(key, list = []);
        list.Add((decision, difference));
    }

    internal IReadOnlyList<ValueComparison> Comparisons() =>
        [
            .. pairs
                .OrderBy(pair => (pair.Key.Release.Version, pair.Key.Against.Version))
                .Select(pair => Compare(pair.Key.Release, pair.Key.Against, pair.Value)),
        ];

    static ValueComparison Compare(VersionId release, VersionId against, List<(ValuedDecision Decision, double Difference)> pairs)
    {
        var mean = ClusteredMean.Of(pairs.Select(pair => (pair.Decision.Unit, pair.Difference)));
        return new()
        {
            Grade = ValueGrade.ShadowPair,
            Release = release,
            Against = against,
            Difference = mean.Estimate,
            Units = mean.Units,
            AgainstUnits = mean.Units,
            Decisions = pairs.Count,
            Span = pairs.Max(pair => pair.Decision.Time) - pairs.Min(pair => pair.Decision.Time),
            Simulated = pairs.Any(pair => pair.Decision.Simulated),
            Assumption = Assumption,
        };
    }
}
