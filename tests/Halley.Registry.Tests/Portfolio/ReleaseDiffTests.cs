using Halley.Data.Expressions;
using Halley.Decisions;

namespace Halley.Registry.Tests;

public sealed class ReleaseDiffTests
{
    static readonly DecisionDefinition Before = PricedRelease.Definition("premium_step") with
    {
        Steps =
        [
            new()
            {
                Name = "premium_step",
                Expression = "100 + age",
                Cap = "500",
            },
            new() { Name = "old_step", Expression = "age" },
        ],
        Eligibility =
        [
            new()
            {
                Name = "young",
                When = "age < 18",
                Action = "decline",
                Reason = "too young",
            },
        ],
        Tables = [Areas("1.0", "1.2")],
    };

    [Fact]
    public void Each_difference_is_one_sentence_about_its_part()
    {
        var after = Before with
        {
            Steps =
            [
                new()
                {
                    Name = "premium_step",
                    Expression = "100 + 1.1 * age",
                    Cap = "600",
                },
                new()
                {
                    Name = "new_step",
                    Expression = "tenure",
                    Floor = "0",
                },
            ],
            Eligibility = [Before.Eligibility[0] with { When = "age < 21" }],
            Tables = [Areas("1.0", "1.25")],
            Fallback = new() { ReferAction = "decline" },
        };
        Assert.Equal(
            [
                "step new_step: is new: tenure, at least 0.",
                "step old_step: was removed; it was age.",
                "step premium_step: 100 + age becomes 100 + 1.1 * age.",
                "step premium_step: its cap 500 becomes 600.",
                "rule young: age < 18 becomes age < 21.",
                "fallback: the referring action refer becomes decline.",
                "table areas: south: 1.2 becomes 1.25.",
            ],
            Words(after)
        );
    }

    [Fact]
    public void A_change_that_breaks_callers_comes_first_and_says_so()
    {
        var after = Before with { Inputs = new(Before.Inputs.Fields.Where(field => field.Name != "tenure")) };
        Assert.Equal(
            ["callers: input 'tenure' was removed; requests that still send it are refused (breaks present callers)."],
            Words(after)
        );
    }

    [Fact]
    public void The_same_definition_has_no_difference() => Assert.Empty(Words(Before));

    [Fact]
    public void Impact_counts_every_policy_in_one_band_and_its_interval_holds_the_difference()
    {
        var (old, now) = (PricedRelease.Of("100"), PricedRelease.Of("if(region == \"south\", 107, if(age < 10, 70, 100))", 2));
        var impact = PortfolioImpact.Of(old, now, PricedRelease.Book(), null)!;
        Assert.Equal(100, impact.Policies);
        Assert.Equal(100, impact.Bands.Sum(band => band.Policies));
        // Half are southern and rise by 7 %; five of the ten youngest are northern and fall by 30 %.
        Assert.Equal(50, impact.Bands.Single(band => band.Band == "+5 % to +10 %").Policies);
        Assert.Equal(5, impact.Bands.Single(band => band.Band == "−20 % and less").Policies);
        Assert.Equal(45, impact.Bands.Single(band => band.Band == "−1 % to +1 %").Policies);
        Assert.Equal("region = south", impact.Losers[0].Segment);
        var asked = Assert.Single(impact.Measures);
        Assert.Equal((10_000.0, 10_200.0), (asked.Before!.Value, asked.After), new Pair());
        Assert.InRange(200, asked.Lower, asked.Upper);
        Assert.Equal(impact.Measures, PortfolioImpact.Of(old, now, PricedRelease.Book(), null)!.Measures);
    }

    [Fact]
    public void A_first_release_has_totals_and_nothing_to_compare()
    {
        var impact = PortfolioImpact.Of(null, PricedRelease.Of("100"), PricedRelease.Book(), null)!;
        Assert.Empty(impact.Bands);
        Assert.Null(Assert.Single(impact.Measures).Before);
    }

    static IEnumerable<string> Words(DecisionDefinition after) =>
        ReleaseDiff.Between(Of(Before), Of(after)).Select(change => $"{change.Part}: {change.What}");

    static LoadedRelease Of(DecisionDefinition definition) => PricedRelease.Of("age") with { Definition = definition };

    static LookupTable Areas(string north, string south) =>
        new()
        {
            Name = "areas",
            Keys = [new("region")],
            Rows = [new(["north"], north), new(["south"], south)],
        };

    sealed class Pair : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) =>
            Math.Abs(x.Item1 - y.Item1) + Math.Abs(x.Item2 - y.Item2) < 1e-6;

        public int GetHashCode((double, double) value) => 0;
    }
}
