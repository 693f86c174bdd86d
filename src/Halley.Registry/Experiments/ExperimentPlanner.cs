using Halley.Data;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Power and time of an experiment before it starts.</summary>
/// <remarks>
/// With n units a week of which shares p and q meet the two releases, the difference of means has after w weeks the standard error
/// s = σ·√(1/(n·w·p) + 1/(n·w·q)). At the planned end the interval's half width is c·s with c = <see cref="MeanSequence.Width"/> at its
/// narrowest; a difference δ lies outside it with chance Φ(δ/s − c), so that the smallest one found with power π is (c + z_π)·s.
/// For a shadow pair, where both releases answer each request, s = σ/√(n·w).
/// </remarks>
public static class ExperimentPlanner
{
    const double LongestWeeks = 520;

    /// <summary>Figures of the champion's units in the weeks before, from the log.</summary>
    /// <param name="shadow">The shadow whose pairs are to be compared; null for randomised arms.</param>
    /// <exception cref="HalleyException">HLY5235: the log holds too little.</exception>
    public static async Task<ExperimentTraffic> FromLogAsync(
        DecisionLogReader log,
        ValueDefinition definition,
        ValueQuery query,
        VersionId? shadow = null,
        CancellationToken cancellation = default
    )
    {
        definition.Validate();
        var data = await ValueData.ReadAsync(log, definition, query, LogReading.Silent, cancellation).ConfigureAwait(false);
        var decisions = data.Decisions.Where(decision => decision.IsAssigned).ToList();
        if (decisions.Count > 0 && data.UnknownOutcomes.Count > 0 && shadow is null)
            throw ExperimentErrors.BadPlan(
                $"no outcome of kind {string.Join(" or ", data.UnknownOutcomes.Select(kind => $"'{kind}'"))} has been reported, so that the spread of values is not known; give --spread and --units-per-week"
            );
        IReadOnlyList<double> values = shadow is { } release
            ? await DifferencesAsync(log, definition, query, data, release, cancellation).ConfigureAwait(false)
            : [.. decisions.GroupBy(decision => decision.Unit).Select(unit => unit.Sum(decision => decision.Value(definition)))];
        var spread = Math.Sqrt(values.Count > 1 ? Variance(values) : 0);
        var weeks = decisions.Count > 1 ? (decisions[^1].Time - decisions[0].Time).TotalDays / 7 : 0;
        if (!(spread > 0 && weeks > 0) || values.Count < Least)
            throw ExperimentErrors.BadPlan(
                $"the log of '{query.Environment}' holds {values.Count} units of '{definition.Decision}' that are old enough and can be valued, {Least} are needed; give --spread and --units-per-week"
            );
        return new(
            values.Count / weeks,
            shadow is null ? (double)decisions.Count / values.Count : 1,
            spread,
            FormattableString.Invariant(
                $"the log of '{query.Environment}', {values.Count} {(shadow is null ? definition.Unit : "decision")}s in {weeks:0.0} weeks"
            )
        )
        {
            MeasuredUnits = values.Count,
        };
    }

    const int Least = 30;

    /// <summary>What an experiment of a length can show.</summary>
    /// <param name="shares">Shares of the release and of the champion; both 1 for a shadow pair.</param>
    /// <exception cref="HalleyException">HLY5235: a figure is out of its range.</exception>
    public static ExperimentPlan ForWeeks(
        ExperimentTraffic traffic,
        (double Share, double Against) shares,
        double weeks,
        TimeSpan maturity,
        double power = 0.8,
        double level = 0.95
    )
    {
        Check(traffic, shares, power);
        if (!(weeks > 0 && weeks <= LongestWeeks))
            throw ExperimentErrors.BadPlan(
                FormattableString.Invariant($"{weeks} weeks is no length between 0 and {LongestWeeks}")
            );
        var error = Error(traffic, shares, weeks);
        var z = NormalDistribution.Quantile(power);
        return new()
        {
            Traffic = traffic,
            Share = shares.Share,
            AgainstShare = shares.Against,
            Level = level,
            Power = power,
            Weeks = weeks,
            MaturityWeeks = maturity.TotalDays / 7,
            Units = traffic.UnitsPerWeek * weeks * shares.Share,
            AgainstUnits = traffic.UnitsPerWeek * weeks * shares.Against,
            Decisions =
                traffic.DecisionsPerUnit * traffic.UnitsPerWeek * weeks * (IsPair(shares) ? 1 : shares.Share + shares.Against),
            Detectable = (Narrowest(level) + z) * error,
            DetectableInOneLook = (NormalDistribution.TwoSidedQuantile(level) + z) * error,
        };
    }

    /// <summary>The shortest experiment that finds a difference.</summary>
    /// <param name="effect">Difference a unit, above 0.</param>
    /// <exception cref="HalleyException">HLY5235: a figure is out of its range, or ten years are not enough.</exception>
    public static ExperimentPlan ForEffect(
        ExperimentTraffic traffic,
        (double Share, double Against) shares,
        double effect,
        TimeSpan maturity,
        double power = 0.8,
        double level = 0.95
    )
    {
        Check(traffic, shares, power);
        if (!(effect > 0 && double.IsFinite(effect)))
            throw ExperimentErrors.BadPlan(
                FormattableString.Invariant($"the difference to be found is {effect}; it must be above 0")
            );
        // The error falls as 1/√weeks.
        var oneWeek = (Narrowest(level) + NormalDistribution.Quantile(power)) * Error(traffic, shares, 1);
        var weeks = oneWeek / effect * (oneWeek / effect);
        if (weeks > LongestWeeks)
            throw ExperimentErrors.BadPlan(
                FormattableString.Invariant(
                    $"a difference of {effect} would take {weeks:0} weeks at this traffic; give the release a larger share, or look for a larger difference"
                )
            );
        return ForWeeks(traffic, shares, weeks, maturity, power, level);
    }

    static double Error(ExperimentTraffic traffic, (double Share, double Against) shares, double weeks)
    {
        var units = traffic.UnitsPerWeek * weeks;
        return traffic.Spread
            * (IsPair(shares) ? Math.Sqrt(1 / units) : Math.Sqrt(1 / (units * shares.Share) + 1 / (units * shares.Against)));
    }

    static bool IsPair((double Share, double Against) shares) => shares is (1, 1);

    /// <summary>The narrowest half width in standard errors: that at the planned number of observations, whatever it is.</summary>
    static double Narrowest(double level) => MeanSequence.Width(1, 1, level);

    static void Check(ExperimentTraffic traffic, (double Share, double Against) shares, double power)
    {
        if (!(traffic.UnitsPerWeek > 0 && double.IsFinite(traffic.UnitsPerWeek)))
            throw ExperimentErrors.BadPlan(FormattableString.Invariant($"{traffic.UnitsPerWeek} units a week is not above 0"));
        if (!(traffic.Spread > 0 && double.IsFinite(traffic.Spread)))
            throw ExperimentErrors.BadPlan(FormattableString.Invariant($"a spread of {traffic.Spread} is not above 0"));
        if (!(traffic.DecisionsPerUnit >= 1))
            throw ExperimentErrors.BadPlan(
                FormattableString.Invariant($"{traffic.DecisionsPerUnit} decisions a unit is less than 1")
            );
        var isSplit = shares.Share > 0 && shares.Against > 0 && shares.Share + shares.Against <= 1;
        if (!IsPair(shares) && !isSplit)
            throw ExperimentErrors.BadPlan(
                FormattableString.Invariant($"a share of {shares.Share} beside {shares.Against} of the champion is no split")
            );
        if (!(power is > 0 and < 1))
            throw ExperimentErrors.BadPlan(FormattableString.Invariant($"a power of {power} does not lie between 0 and 1"));
    }

    static double Variance(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    static async Task<IReadOnlyList<double>> DifferencesAsync(
        DecisionLogReader log,
        ValueDefinition definition,
        ValueQuery query,
        ValueData data,
        VersionId release,
        CancellationToken cancellation
    )
    {
        if (definition.ExpectedOutput is not { } output)
            throw ExperimentErrors.NoExpected(release);
        var found = new List<double>();
        var window = ValueData.Window(definition, query) with { To = null };
        await foreach (var shadow in log.ShadowsAsync(window, cancellation).ConfigureAwait(false))
        {
            if (shadow.Error is not null || shadow.Release != release || data.Find(shadow.DecisionId) is not { } decision)
                continue;
            var difference = ValueData.Number(shadow.Outputs.Span, output) - decision.Expected;
            if (double.IsFinite(difference))
                found.Add(difference);
        }
        return found;
    }
}
