using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class PortfolioTests
{
    static readonly CancellationToken Go = CancellationToken.None;

    [Fact]
    public void A_price_that_dips_once_is_found_with_its_worst_step()
    {
        var release = PricedRelease.Of("100 + age - if(age > 50, 20, 0)");
        var line = MonotoneProbe.Line(release, PricedRelease.Book(), "age", rises: true, ("premium", 0.0001), Go);
        Assert.Equal((100, 100), (line.Rows, line.Wrong));
        // The grid has 49 and 54: 149 falls to 134.
        Assert.Equal(15.0 / 149, line.Worst, 1e-12);
        Assert.Equal("age 49 to 54: premium 149.00 to 134.00", line.Example);
    }

    [Theory]
    [InlineData("100 + age", true, 0)]
    [InlineData("100 + age", false, 100)]
    [InlineData("300 - age", false, 0)]
    public void Direction_counts(string premium, bool rises, int wrong)
    {
        var line = MonotoneProbe.Line(PricedRelease.Of(premium), PricedRelease.Book(), "age", rises, ("premium", 0.0001), Go);
        Assert.Equal(wrong, line.Wrong);
    }

    [Fact]
    public void A_field_that_cannot_be_moved_is_named()
    {
        var fault = Assert.Throws<HalleyException>(() =>
            MonotoneProbe.Line(PricedRelease.Of("age"), PricedRelease.Book(), "region", true, ("premium", 0), Go)
        );
        Assert.Equal(
            "HLY5321: 'region' can't be moved: it is no number and no date. Correct the gate's fields, or name another portfolio.",
            fault.Message
        );
    }

    [Fact]
    public void The_stability_index_is_the_sum_over_levels_weighted_by_exposure()
    {
        var then = new CategoricalColumn("region", [0, 0, 0, 1], new(["north", "south"]));
        var now = new CategoricalColumn("region", [0, 1, 1, 1], new(["north", "south"]));
        // By exposure north has 3 of 4 then, and 4 of 7 now.
        var line = StabilityIndex.Of("m@1", then, [1, 1, 1, 1], now, [4, 1, 1, 1])!;
        var expected = (4.0 / 7 - 0.75) * Math.Log(4.0 / 7 / 0.75) + (3.0 / 7 - 0.25) * Math.Log(3.0 / 7 / 0.25);
        Assert.Equal(expected, line.Index, 1e-12);
        Assert.Equal(("region = south", 0.25, 3.0 / 7), (line.Group, line.Before, line.After));
    }

    [Fact]
    public void The_same_book_has_no_shift_and_another_age_has_one()
    {
        var book = PricedRelease.Book();
        var years = PortfolioRows.Exposure(book);
        Assert.Equal(0, StabilityIndex.Of("m@1", book["age"], years, book["age"], years)!.Index, 1e-12);
        var older = new NumericColumn("age", [.. Enumerable.Range(0, 100).Select(i => 50.0 + i)]);
        Assert.True(StabilityIndex.Of("m@1", book["age"], years, older, years)!.Index > 1);
    }

    [Fact]
    public void Bands_are_of_equal_exposure()
    {
        var values = new NumericColumn("x", [.. Enumerable.Range(0, 1000).Select(i => (double)i)]);
        double[] exposure = [.. Enumerable.Range(0, 1000).Select(i => i < 500 ? 1.0 : 3.0)];
        var groups = PortfolioGroups.Of(values, exposure)!;
        Assert.All(groups.Shares(values, exposure).Take(10), share => Assert.Equal(0.1, share, 0.002));
    }

    [Fact]
    public void Association_is_one_for_a_copy_and_nought_for_what_is_independent()
    {
        var book = PricedRelease.Book();
        double[] alike = [.. Enumerable.Repeat(1.0, 100)];
        Assert.Equal(1, Association.Of(book["region"], book["region"], alike), 1e-12);
        // Tenure runs 0 to 4 and region turns by row: over 100 rows each pair comes ten times.
        Assert.Equal(0, Association.Of(book["tenure"], book["region"], alike), 1e-12);
        Assert.True(
            double.IsNaN(Association.Of(new NumericColumn("one", [.. Enumerable.Repeat(1.0, 100)]), book["region"], alike))
        );
    }

    [Fact]
    public void Dislocation_counts_policies_and_money_by_segment()
    {
        var book = PricedRelease.Book();
        var before = Prices.Of(PricedRelease.Of("100"), book)!;
        var after = Prices.Of(PricedRelease.Of("if(region == \"south\", 120, 100)"), book)!;
        var found = PortfolioDislocation.Of("g", before, after, 0.1, book, ["region"]);
        Assert.Equal((100, 50, 0.2, 0.1), (found.Policies, found.Moved, found.LargestRise, found.TotalChange), new Close());
        Assert.Equal(["region = north", "region = south"], found.Segments!.Select(segment => segment.Segment));
        Assert.Equal([0, 50], found.Segments!.Select(segment => segment.Moved));
        var gate = new DislocationGate
        {
            Name = "g",
            MaximumShare = 0.6,
            Segments = ["region"],
        };
        var result = gate.Judge(found);
        Assert.False(result.Passed);
        Assert.Equal("region = south", result.Segment);
        Assert.Equal("100 % of 50 policies with region = south change by more than 10 %; 60 % is the limit.", result.Sentence);
        Assert.True((gate with { MinimumPolicies = 51 }).Judge(found).Passed);
    }

    [Fact]
    public void A_renewal_dearer_than_new_business_is_found_policy_by_policy()
    {
        // From the third year on, loyalty costs five a year more.
        var release = PricedRelease.Of("200 + 5 * max(tenure - 2, 0)");
        var gate = new RenewalPriceGate
        {
            Name = "g",
            Renewals = "tenure > 0",
            AsNew = new Dictionary<string, string> { ["tenure"] = "0" },
        };
        var found = RenewalPrices.Of(gate, release, release, PricedRelease.Book(), Go)!;
        // 80 of 100 have a tenure above 0; of these 20 pay 5 and 20 pay 10 more.
        Assert.Equal((80, 40, 300.0), (found.Renewals, found.Dearer, found.Excess), new CloseExcess());
        Assert.Equal(0.05, found.Largest, 1e-12);
        Assert.Equal("row 4: 210.00 where a new customer pays 200.00", found.Example);
        var result = gate.Judge(found);
        Assert.Equal(
            "40 of 80 renewals are dearer than the same risk as a new customer, together by 300.00, one by 5 % (row 4: 210.00 where a new customer pays 200.00).",
            result.Sentence
        );
        var cheaper = RenewalPrices.Of(gate, PricedRelease.Of("199"), PricedRelease.Of("200"), PricedRelease.Book(), Go)!;
        Assert.True(gate.Judge(cheaper).Passed);
    }

    [Fact]
    public void A_name_in_as_new_that_the_decision_lacks_is_an_error_with_the_nearest()
    {
        var gate = new RenewalPriceGate
        {
            Name = "g",
            AsNew = new Dictionary<string, string> { ["tenur"] = "0" },
        };
        var release = PricedRelease.Of("200");
        var fault = Assert.Throws<HalleyException>(() => RenewalPrices.Of(gate, release, release, PricedRelease.Book(), Go));
        Assert.Equal(
            "HLY5322: gate 'g': the decision 'quote' has no input 'tenur'. Did you mean 'tenure'? Correct as_new.",
            fault.Message
        );
    }

    [Fact]
    public void Unseen_levels_are_weighted_by_exposure()
    {
        var book = PricedRelease.Book();
        var regions = new CategoricalColumn(
            "region",
            [.. Enumerable.Range(0, 100).Select(i => i < 90 ? 0 : 1)],
            new(["north", "islands"])
        );
        var found = UnseenSearch.Of("g", PricedRelease.Of("age"), book.With(regions));
        var field = Assert.Single(found.Fields);
        // Ten policies of two years against ninety of half a year.
        Assert.Equal(20.0 / 65, field.Share, 1e-12);
        Assert.Equal(("region", "the decision", "islands"), (field.Field, field.Where, Assert.Single(field.Levels)));
        var result = new UnseenGate { Name = "g", MaximumShare = 0.1 }.Judge(found);
        Assert.Equal("30.77 % of the exposure has levels of region that the decision never saw: islands.", result.Sentence);
        Assert.True(
            new UnseenGate { Name = "g" }
                .Judge(UnseenSearch.Of("g", PricedRelease.Of("age"), book))
                .Passed
        );
    }

    [Fact]
    public void A_protected_attribute_has_its_prices_and_its_strongest_proxy()
    {
        // Gender follows from tenure, and tells nothing of region.
        var book = PricedRelease
            .Book()
            .With(new CategoricalColumn("gender", [.. Enumerable.Range(0, 100).Select(i => i % 5 < 2 ? 0 : 1)], new(["f", "m"])));
        var gate = new ProtectedGate
        {
            Name = "g",
            Attributes = ["gender"],
            MaximumAssociation = 0.9,
        };
        var found = ProtectedTreatment.Of(gate, "gender", PricedRelease.Of("100 + 10 * tenure"), book, null, Go);
        Assert.Empty(found.ReadBy);
        Assert.Equal(("tenure", 1.0), (found.Proxies[0].Field, Math.Round(found.Proxies[0].Association, 12)));
        Assert.True(found.Proxies.Single(proxy => proxy.Field == "region").Association < 0.2);
        Assert.Equal(105, found.Levels.Single(level => level.Level == "f").MeanPrice, 1e-9);
        Assert.Equal(130, found.Levels.Single(level => level.Level == "m").MeanPrice, 1e-9);
        var result = gate.Judge(new ProtectedEvidence { Gate = "g", Attributes = [found] });
        Assert.False(result.Passed);
        Assert.StartsWith(
            "tenure tells too much about gender. Strongest proxies of gender: tenure 1.00,",
            result.Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Times_come_sorted_one_for_each_record()
    {
        var times = DecisionClock.Times(PricedRelease.Of("age"), PricedRelease.Book(), TimeProvider.System, Go);
        Assert.Equal(100, times.Length);
        Assert.Equal(times.Order(), times);
        Assert.Equal(times[98], DecisionClock.Quantile(times, 0.99));
    }

    sealed class Close : IEqualityComparer<(long, long, double, double)>
    {
        public bool Equals((long, long, double, double) x, (long, long, double, double) y) =>
            (x.Item1, x.Item2) == (y.Item1, y.Item2) && Math.Abs(x.Item3 - y.Item3) < 1e-9 && Math.Abs(x.Item4 - y.Item4) < 1e-9;

        public int GetHashCode((long, long, double, double) value) => value.Item1.GetHashCode();
    }

    sealed class CloseExcess : IEqualityComparer<(long, long, double)>
    {
        public bool Equals((long, long, double) x, (long, long, double) y) =>
            (x.Item1, x.Item2) == (y.Item1, y.Item2) && Math.Abs(x.Item3 - y.Item3) < 1e-9;

        public int GetHashCode((long, long, double) value) => value.Item1.GetHashCode();
    }
}
