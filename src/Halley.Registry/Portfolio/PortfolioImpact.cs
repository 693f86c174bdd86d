using System.Globalization;
using Halley.Data;
using Halley.Decisions;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>What a release does to a portfolio against the one before it: premiums by size of change, who gains and loses, expected money.</summary>
/// <remarks>
/// Intervals are bootstraps over policies (Poisson counts, a fixed seed): they tell how much rests on which policies there are, not how
/// wrong the models may be. Volume is Σ conversion, claims are Σ conversion·risk_price and premium Σ conversion·premium, where the
/// decision has outputs of these names; without a conversion every policy counts as taken.
/// </remarks>
public sealed record PortfolioImpact
{
    const int Rows = 20_000;
    const int Named = 6;
    const long SmallestSegment = 30;
    static readonly double[] Cuts = [-0.2, -0.1, -0.05, -0.01, 0.01, 0.05, 0.1, 0.2];

    /// <summary>Policies with a premium by both releases; by the release alone where there is none before.</summary>
    public required long Policies { get; init; }

    /// <summary>Empty where there is no release before.</summary>
    public required IReadOnlyList<PremiumBand> Bands { get; init; }

    /// <summary>Segments whose premium rises most, the largest first.</summary>
    public required IReadOnlyList<DislocationSegment> Losers { get; init; }

    /// <summary>Segments whose premium falls most, the largest first.</summary>
    public required IReadOnlyList<DislocationSegment> Gainers { get; init; }

    public required IReadOnlyList<ImpactMeasure> Measures { get; init; }

    /// <param name="before">Null where there is none.</param>
    /// <param name="expected">Output that holds the expected profit; null for none.</param>
    /// <returns>Null where the decision has no price.</returns>
    public static PortfolioImpact? Of(
        LoadedRelease? before,
        LoadedRelease after,
        Table portfolio,
        string? expected,
        CancellationToken cancellation = default
    ) => Of(before, after, portfolio, expected, Prices.OutputOf(after.Definition)?.Name, cancellation);

    /// <inheritdoc cref="Of(LoadedRelease?, LoadedRelease, Table, string?, CancellationToken)"/>
    /// <param name="price">Output of both releases, a number or money, that stands for the price; null for none.</param>
    /// <returns>Null where there is no price, or the release before has no such output.</returns>
    public static PortfolioImpact? Of(
        LoadedRelease? before,
        LoadedRelease after,
        Table portfolio,
        string? expected,
        string? price,
        CancellationToken cancellation = default
    )
    {
        if (price is null)
            return null;
        var rows = PortfolioRows.Sample(portfolio, Rows);
        var now = Answers(after, rows, cancellation);
        var old = before is null || EarlierOf(before, price) is null ? null : Answers(before, rows, cancellation);
        var premiums = Values(now, price);
        var earlier = old is null ? null : Values(old, EarlierOf(before!, price)!);
        var both = Enumerable
            .Range(0, premiums.Length)
            .Where(i => premiums[i] > 0 && (earlier is null || earlier[i] > 0))
            .ToArray();
        var segments = earlier is null ? [] : Segments(after.Definition, rows, earlier, premiums);
        return new()
        {
            Policies = both.Length,
            Bands = earlier is null ? [] : BandsOf(both, earlier, premiums),
            Losers = [.. segments.Where(one => one.TotalChange > 0).OrderByDescending(one => one.TotalChange).Take(Named)],
            Gainers = [.. segments.Where(one => one.TotalChange < 0).OrderBy(one => one.TotalChange).Take(Named)],
            Measures = [.. MeasuresOf(both, price, expected, old, now)],
        };
    }

    /// <summary>The output before that stands for the same: a price may have another name.</summary>
    static string? EarlierOf(LoadedRelease before, string price) =>
        before.Definition.Outputs.FirstOrDefault(output => output.Name == price)?.Name
        ?? Prices.OutputOf(before.Definition)?.Name;

    static Table Answers(LoadedRelease release, Table rows, CancellationToken cancellation) =>
        new DecisionEngine(release.Plan)
            .Decide(PortfolioRows.WithIds(rows, release.Definition), new() { Reasons = false }, cancellation)
            .Answers;

    static double[] Values(Table answers, string name)
    {
        var values = new double[answers.RowCount];
        answers[name].CopySlots(0, values);
        return values;
    }

    static List<PremiumBand> BandsOf(int[] rows, double[] before, double[] after)
    {
        var counts = new (long Policies, double Before, double After)[Cuts.Length + 1];
        foreach (var row in rows)
        {
            var change = after[row] / before[row] - 1;
            var band = Cuts.Count(cut => change > cut);
            counts[band] = (counts[band].Policies + 1, counts[band].Before + before[row], counts[band].After + after[row]);
        }
        return [.. counts.Select((one, band) => new PremiumBand(Name(band), one.Policies, one.Before, one.After))];
    }

    static string Name(int band)
    {
        static string Percent(double cut) => string.Create(CultureInfo.InvariantCulture, $"{100 * cut:+0;−0;0} %");
        return band == 0 ? $"{Percent(Cuts[0])} and less"
            : band == Cuts.Length ? $"over {Percent(Cuts[^1])}"
            : $"{Percent(Cuts[band - 1])} to {Percent(Cuts[band])}";
    }

    static List<DislocationSegment> Segments(DecisionDefinition definition, Table rows, double[] before, double[] after)
    {
        var fields = definition
            .Inputs.Fields.Where(field => field.Role != Role.Id && rows.Has(field.Name))
            .Select(field => field.Name);
        var found = PortfolioDislocation.Of("", before, after, 0.1, rows, [.. fields]).Segments ?? [];
        return [.. found.Where(segment => segment.Policies >= SmallestSegment)];
    }

    static IEnumerable<ImpactMeasure> MeasuresOf(int[] rows, string price, string? expected, Table? before, Table after)
    {
        var (old, now) = (
            before is null ? null : new Money(before, rows, price, expected),
            new Money(after, rows, price, expected)
        );
        yield return Measure("premium asked", rows, old, now, money => money.Asked);
        if (now.HasConversion)
        {
            yield return Measure("policies taken", rows, old, now, money => money.Taken);
            yield return Measure("premium taken", rows, old, now, money => money.Premium);
        }
        if (now.HasClaims)
        {
            yield return Measure("expected claims", rows, old, now, money => money.Claims);
            yield return Ratio("loss ratio", rows, old, now);
        }
        if (now.HasProfit)
            yield return Measure("expected profit", rows, old, now, money => money.Profit);
    }

    static ImpactMeasure Measure(string name, int[] rows, Money? old, Money now, Func<Money, double[]> of)
    {
        var (after, before) = (of(now), old is null ? null : of(old));
        var estimate = Bootstrap.Interval(rows.Length, times => Sum(after, times) - (before is null ? 0 : Sum(before, times)));
        return new(name, before?.Sum(), after.Sum(), estimate.Lower, estimate.Upper);
    }

    static ImpactMeasure Ratio(string name, int[] rows, Money? old, Money now)
    {
        static double Of(Money money, ReadOnlySpan<double> times) => Sum(money.Claims, times) / Sum(money.Premium, times);
        var estimate = Bootstrap.Interval(rows.Length, times => Of(now, times) - (old is null ? 0 : Of(old, times)));
        double? before = old is null ? null : old.Claims.Sum() / old.Premium.Sum();
        return new(name, before, now.Claims.Sum() / now.Premium.Sum(), estimate.Lower, estimate.Upper);
    }

    static double Sum(double[] values, ReadOnlySpan<double> times)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += times[i] * values[i];
        return sum;
    }

    /// <summary>What each policy brings by one release, shape (policies).</summary>
    sealed class Money
    {
        internal Money(Table answers, int[] rows, string price, string? expected)
        {
            Asked = Of(answers, price, rows);
            var conversion = answers.Has("conversion") ? Of(answers, "conversion", rows) : null;
            HasConversion = conversion is not null;
            Taken = conversion ?? [.. rows.Select(_ => 1.0)];
            Premium = Times(Asked, Taken);
            HasClaims = answers.Has("risk_price");
            Claims = HasClaims ? Times(Of(answers, "risk_price", rows), Taken) : [.. rows.Select(_ => 0.0)];
            HasProfit = expected is not null && answers.Has(expected);
            Profit = HasProfit ? Of(answers, expected!, rows) : [.. rows.Select(_ => 0.0)];
        }

        internal double[] Asked { get; }

        internal double[] Taken { get; }

        internal double[] Premium { get; }

        internal double[] Claims { get; }

        internal double[] Profit { get; }

        internal bool HasConversion { get; }

        internal bool HasClaims { get; }

        internal bool HasProfit { get; }

        /// <summary>A value that is missing brings nothing.</summary>
        static double[] Of(Table answers, string name, int[] rows)
        {
            var values = Values(answers, name);
            return [.. rows.Select(row => double.IsNaN(values[row]) ? 0 : values[row])];
        }

        static double[] Times(double[] one, double[] other) => [.. one.Zip(other, (x, y) => x * y)];
    }
}
