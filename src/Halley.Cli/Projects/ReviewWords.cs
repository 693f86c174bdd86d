using System.Globalization;
using Halley.Decisions;
using Halley.Registry;
using Halley.Reports;

namespace Halley.Cli;

/// <summary>The tables of a review, in words.</summary>
static class ReviewWords
{
    /// <summary>The answer whose movement is told: the price where there is one, else the first number.</summary>
    public static DecisionOutput? OutputOf(DecisionDefinition definition) =>
        Prices.OutputOf(definition)
        ?? definition.Outputs.FirstOrDefault(output => output.Kind is OutputKind.Money or OutputKind.Number);

    public static ReviewSection Gates(string environment, IReadOnlyList<GateResult> results) =>
        new(
            $"Gates of {environment}",
            ["gate", "", "finding"],
            [.. results.Select(one => (IReadOnlyList<string>)[one.Gate, Gating.Verdict(one), Gating.Finding(one)])],
            results.Count == 0 ? $"gates.yaml gives {environment} no gates." : null
        );

    public static ReviewSection Impact(string? portfolio, LoadedRelease? before, LoadedRelease after, PortfolioImpact? impact)
    {
        var output = OutputOf(after.Definition)?.Name;
        var title = output is null ? "Dislocation" : $"Dislocation of {output}";
        string[] head = ["change", "policies", $"{output} before", $"{output} after"];
        var why =
            before is null ? "There is no champion to compare with."
            : portfolio is null ? "No portfolio was named: name one with --portfolio."
            : output is null ? "The decision has no answer that is a number."
            : impact is not { Bands.Count: > 0 } ? $"The champion has no answer named {output}."
            : null;
        if (why is not null)
            return new(title, head, [], why);
        var (old, now) = (impact!.Bands.Sum(band => band.Before), impact.Bands.Sum(band => band.After));
        return new(
            title,
            head,
            [
                .. impact.Bands.Select(band =>
                    (IReadOnlyList<string>)[band.Band, Count(band.Policies), Total(band.Before), Total(band.After)]
                ),
            ],
            $"{Count(impact.Policies)} policies of {portfolio}: {Total(old)} in total becomes {Total(now)} ({Percent(now / old - 1)})."
        );
    }

    public static IEnumerable<ReviewSection> Segments(PortfolioImpact? impact)
    {
        if (impact is null || impact.Losers.Count + impact.Gainers.Count == 0)
            return [];
        var moved = impact.Losers.Concat(impact.Gainers).OrderByDescending(one => Math.Abs(one.TotalChange));
        return
        [
            new(
                "Segments that move most",
                ["segment", "policies", "change"],
                [.. moved.Select(one => (IReadOnlyList<string>)[one.Segment, Count(one.Policies), Percent(one.TotalChange)])]
            ),
        ];
    }

    public static ReviewSection Changes(LoadedRelease? before, IReadOnlyList<ReleaseChange> changes) =>
        new(
            "Factor changes, models, formulas and rules",
            ["part", "what changes"],
            [.. changes.Select(change => (IReadOnlyList<string>)[change.Part, change.What])],
            before is null ? "There is no champion to compare with."
                : changes.Count == 0 ? "Both releases decide by the same parts."
                : null
        );

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Total(double number) =>
        Math.Abs(number) >= 1000 ? number.ToString("N0", CultureInfo.InvariantCulture) : Tables.Number(number);

    static string Percent(double share) => (100 * share).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + " %";
}
