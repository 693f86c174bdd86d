using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>What a fit says about itself: dropped columns, levels that can't be estimated, a search that did not end.</summary>
public class NotesTests
{
    static readonly Table Learn = Books.Motor(600);

    static GlmFit Fit(Table learn, params Term[] terms) => Books.Cases[0].Fit(learn, terms);

    static Table Claimless(string zone)
    {
        var zones = Learn.Categorical("zone");
        var claims = Learn.Numeric("claims").Values.ToArray();
        return Learn.With(new NumericColumn("claims", [.. claims.Select((count, row) => zones.TextAt(row) == zone ? 0 : count)]));
    }

    [Fact]
    public void Column_in_the_span_of_earlier_ones_is_named_and_drops_out()
    {
        var learn = Learn
            .With(FrenchData.Derived(Learn, "twice", "age", age => 2 * age + 1))
            .With(FrenchData.Derived(Learn, "three", "age", _ => 3));
        var fit = Fit(learn, new FactorTerm("zone"), new NumericTerm("age"), new NumericTerm("twice"), new NumericTerm("three"));

        Assert.Equal(
            [
                "'twice' is explained by the columns before it, so it has no coefficient (aliased). Drop it, or one of those.",
                "'three' has one value in all rows, so it has no coefficient. Drop the term.",
            ],
            fit.Notes
        );
        Assert.Equal(string.Join(Environment.NewLine, fit.Notes), fit.Advice);
        Assert.True(double.IsNaN(fit.Find("twice")!.Estimate));
        Assert.True(double.IsNaN(fit.Find("twice")!.StandardError));
        Assert.True(double.IsNaN(fit.Covariance[5, 0]));
        Assert.Equal(5, fit.Rank);
        Assert.Equal(595, fit.ResidualDegrees);
        // Numbers are held in another basis where some may be aliased: the last bits differ.
        var without = Scoring.Eta(Fit(learn, new FactorTerm("zone"), new NumericTerm("age")).Scorer, learn);
        Assert.All(without.Zip(Scoring.Eta(fit.Scorer, learn)), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void Number_that_levels_explain_drops_out_and_leaves_the_rest_as_it_was()
    {
        var zones = Learn.Categorical("zone");
        double[] index = [.. Enumerable.Range(0, Learn.RowCount).Select(row => 3.0 + zones.Codes[row])];
        var learn = Learn.With(new NumericColumn("index", index));
        Term[] rest = [new FactorTerm("zone"), new NumericTerm("age"), new PolynomialTerm("value", 2)];
        var (with, without) = (Fit(learn, [rest[0], new NumericTerm("index"), .. rest[1..]]), Fit(learn, rest));

        Assert.True(with.Find("index")!.IsAliased);
        foreach (var coefficient in without.Coefficients)
        {
            var scale = Math.Max(Math.Abs(coefficient.Estimate), coefficient.StandardError);
            Assert.Equal(coefficient.Estimate, with.Find(coefficient.Name)!.Estimate, 1e-9 * scale);
            Assert.Equal(coefficient.StandardError, with.Find(coefficient.Name)!.StandardError, 1e-9 * scale);
        }
    }

    [Fact]
    public void Slopes_by_level_stay_right_where_the_levels_are_aliased()
    {
        // 'group' tells the zones apart already, so all of zone is aliased and can't carry the constants of its slopes.
        var zones = Learn.Categorical("zone");
        double[] group = [.. Enumerable.Range(0, Learn.RowCount).Select(row => (double)zones.Codes[row])];
        var learn = Learn.With(new NumericColumn("group", group));
        var zone = new FactorTerm("zone") { Base = "north" };
        var byGroup = new FactorTerm("group") { Base = "0" };
        var doubled = Fit(learn, byGroup, zone, new NumericTerm("age"), new InteractionTerm(zone, new NumericTerm("age")));
        var plain = Fit(learn, zone, new NumericTerm("age"), new InteractionTerm(zone, new NumericTerm("age")));

        Assert.Equal(3, doubled.Coefficients.Count(coefficient => coefficient.IsAliased));
        Assert.Equal(plain.Find("zone[south]")!.Estimate, doubled.Find("group[1]")!.Estimate, 1e-9);
        Assert.Equal(plain.Find("zone[city]")!.StandardError, doubled.Find("group[3]")!.StandardError, 1e-9);
        var (expected, actual) = (Scoring.Eta(plain.Scorer, learn), Scoring.Eta(doubled.Scorer, learn));
        for (var row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], actual[row], 1e-9);
    }

    [Fact]
    public void Factor_of_one_level_has_no_coefficient()
    {
        var zones = Learn.Categorical("zone");
        var coast = Learn.Take([.. Enumerable.Range(0, Learn.RowCount).Where(row => zones.TextAt(row) == "coast")]);

        Assert.Equal(
            ["'zone' has one level in all rows, so it has no coefficient. Drop the term."],
            Fit(coast, new FactorTerm("zone")).Notes
        );
    }

    [Fact]
    public void Band_and_cells_without_rows_are_named()
    {
        var zones = Learn.Categorical("zone");
        var fuels = Learn.Categorical("fuel");
        var kept = Learn.Take([
            .. Enumerable.Range(0, Learn.RowCount).Where(row => !(zones.TextAt(row) == "coast" && fuels.TextAt(row) != "diesel")),
        ]);
        var zone = new FactorTerm("zone") { Base = "north" };
        var fuel = new FactorTerm("fuel") { Base = "diesel" };
        var fit = Fit(kept, zone, fuel, new InteractionTerm(zone, fuel), new BandedTerm("age", [30, 200]));

        Assert.Equal(
            [
                "no row has 'zone:fuel' levels 'coast:petrol', 'coast:electric': it has no coefficient and scores like the base level.",
                "no row has 'age' level '>=200': it has no coefficient and scores like the base level.",
            ],
            fit.Notes
        );
        Assert.Equal(0, fit.Relativities[^1].Levels[2].RowCount);
    }

    [Fact]
    public void Level_without_claims_is_named_and_stands_for_minus_infinity()
    {
        var fit = Fit(Claimless("coast"), new FactorTerm("zone") { Base = "city" }, new NumericTerm("age"));

        var coast = fit.Find("zone[coast]")!;
        Assert.True(coast.IsUnbounded);
        Assert.Equal(-30, coast.Estimate);
        Assert.Equal(double.PositiveInfinity, coast.StandardError);
        Assert.Equal(1, coast.PValue);
        Assert.True(double.IsNaN(fit.Covariance[3, 3]));
        Assert.Equal(
            [
                "the target is 0 in every row of 'zone' level 'coast': the coefficient would be −∞, and -30 stands for it. "
                    + "Group it with another level, leave its rows out, take the factor by credibility, or reduce bias (Firth).",
            ],
            fit.Notes
        );
        Assert.True(fit.Converged);

        // The rest is the fit without those rows.
        var zones = Learn.Categorical("zone");
        var others = Learn.Take([.. Enumerable.Range(0, Learn.RowCount).Where(row => zones.TextAt(row) != "coast")]);
        var rest = Fit(others, new FactorTerm("zone") { Base = "city" }, new NumericTerm("age"));
        foreach (var coefficient in rest.Coefficients)
        {
            Assert.Equal(coefficient.Estimate, fit.Find(coefficient.Name)!.Estimate, 1e-9);
            Assert.Equal(coefficient.StandardError, fit.Find(coefficient.Name)!.StandardError, 1e-9);
        }
    }

    [Fact]
    public void Base_level_without_claims_is_named()
    {
        var fit = Fit(Claimless("coast"), new FactorTerm("zone") { Base = "coast" }, new NumericTerm("age"));

        Assert.True(fit.Converged);
        Assert.Contains(
            "the target is 0 in every row of 'zone' level 'coast', the base level: no coefficient of the term is finite. Name another base level.",
            fit.Notes
        );
        Assert.Equal(
            ["(Intercept)", "zone[north]", "zone[south]", "zone[city]"],
            fit.Coefficients.Where(coefficient => coefficient.IsUnbounded).Select(coefficient => coefficient.Name)
        );
        Assert.InRange(fit.Find("age")!.StandardError, 1e-6, 1);
    }

    [Fact]
    public void Level_of_nothing_but_ones_is_named()
    {
        var zones = Learn.Categorical("zone");
        var lapsed = Learn.Numeric("lapsed").Values.ToArray();
        var learn = Learn.With(
            new NumericColumn("lapsed", [.. lapsed.Select((value, row) => zones.TextAt(row) == "south" ? 1 : value)])
        );
        var fit = new GlmTrainer(new() { Family = Family.Binomial, Terms = [new FactorTerm("zone") { Base = "north" }] }).Fit(
            new()
            {
                Learn = learn,
                Features = [],
                Target = "lapsed",
            }
        );

        Assert.Equal(30, fit.Find("zone[south]")!.Estimate);
        Assert.Contains("the target is 1 in every row of 'zone' level 'south'", fit.Advice, StringComparison.Ordinal);
        Assert.Contains("would be +∞, and 30 stands for it", fit.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Number_that_separates_is_named()
    {
        double[] lapsed = [.. Learn.Numeric("age").Values.ToArray().Select(age => age > 50 ? 1.0 : 0)];
        var fit = new GlmTrainer(
            new() { Family = Family.Binomial, Terms = [new NumericTerm("age"), new NumericTerm("value")] }
        ).Fit(
            new()
            {
                Learn = Learn.With(new NumericColumn("lapsed", lapsed)),
                Features = [],
                Target = "lapsed",
            }
        );

        Assert.Contains(
            "the terms separate them without error, so some coefficients are not finite",
            fit.Advice,
            StringComparison.Ordinal
        );
        Assert.Contains("Group its levels, drop it, or reduce bias (Firth).", fit.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_that_stops_early_is_a_result_with_advice()
    {
        var fit = new GlmTrainer(new() { MaxIterations = 1, Terms = Books.AllTerms }).Fit(Books.Cases[0].Set(Learn));

        Assert.False(fit.Converged);
        Assert.Equal(1, fit.Iterations);
        Assert.StartsWith("the fit did not converge: after 1 steps the last one was ", fit.Advice, StringComparison.Ordinal);
        Assert.Contains("Raise max_iterations above 1", fit.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_without_terms_enter_once_each()
    {
        var fit = new GlmTrainer(new()).Fit(Books.Cases[0].Set(Learn) with { Features = ["zone", "age", "garage"] });

        Assert.Equal(["zone", "age", "garage"], fit.Coefficients.Skip(1).Select(coefficient => coefficient.Term).Distinct());
    }

    [Fact]
    public void Default_base_is_the_level_with_most_exposure()
    {
        var fit = Fit(Learn, new FactorTerm("zone"));

        var levels = fit.Relativities[0].Levels;
        Assert.Equal(levels.MaxBy(level => level.Exposure)!.Level, levels.Single(level => level.IsBase).Level);
        Assert.Equal(1, levels.Single(level => level.IsBase).Relativity);
        Assert.Equal(Learn.Exposure("years").Years.ToArray().Sum(), levels.Sum(level => level.Exposure), 1e-9);
        Assert.Equal(Learn.Numeric("claims").Values.ToArray().Sum(), levels.Sum(level => level.Observed));
        Assert.Equal(Learn.RowCount, levels.Sum(level => level.RowCount));
        var south = levels.Single(level => level.Level == "south");
        Assert.Equal(Math.Exp(south.Coefficient + 1.959963984540054 * south.StandardError), south.Upper, 1e-12);
    }

    [Fact]
    public void Interaction_takes_the_base_of_the_factor_unless_it_names_its_own()
    {
        var zone = new FactorTerm("zone") { Base = "north" };
        var age = new NumericTerm("age");
        var same = Fit(Learn, zone, age, new InteractionTerm(new FactorTerm("zone"), age));
        var own = Fit(Learn, zone, age, new InteractionTerm(new FactorTerm("zone") { Base = "city" }, age));

        Assert.Null(same.Find("zone[north]:age"));
        Assert.NotNull(same.Find("zone[city]:age"));
        Assert.Null(own.Find("zone[city]:age"));
        var (slope, north) = (own.Find("age")!.Estimate, own.Find("zone[north]:age")!.Estimate);
        Assert.Equal(same.Find("age")!.Estimate, slope + north, 1e-9);
        Assert.Equal(same.Find("(Intercept)")!.Estimate, own.Find("(Intercept)")!.Estimate, 1e-9);
        Assert.Equal(same.Find("zone[city]")!.StandardError, own.Find("zone[city]")!.StandardError, 1e-9);
        var (expected, actual) = (Scoring.Eta(same.Scorer, Learn), Scoring.Eta(own.Scorer, Learn));
        for (var row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], actual[row], 1e-9);
    }

    [Fact]
    public void Interaction_without_its_margin_has_a_column_for_every_level()
    {
        var slopes = Fit(Learn, new InteractionTerm(new FactorTerm("zone"), new NumericTerm("age")));

        Assert.Equal(
            ["(Intercept)", "zone[north]:age", "zone[south]:age", "zone[coast]:age", "zone[city]:age"],
            slopes.Coefficients.Select(coefficient => coefficient.Name)
        );
        Assert.Empty(slopes.Notes);
    }

    [Fact]
    public void Bands_of_a_column_are_no_margin_for_its_slopes()
    {
        var fit = Fit(
            Learn,
            new BandedTerm("age", [30, 50]),
            new InteractionTerm(new FactorTerm("zone"), new NumericTerm("age"))
        );

        Assert.Equal(
            ["zone[north]:age", "zone[south]:age", "zone[coast]:age", "zone[city]:age"],
            fit.Coefficients.Select(coefficient => coefficient.Name).Where(name => name.Contains(':', StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_label_does_not_hide_that_a_term_is_a_margin()
    {
        var interaction = new InteractionTerm(new FactorTerm("zone"), new NumericTerm("age"));
        var plain = Fit(Learn, new NumericTerm("age"), interaction);
        var labelled = Fit(Learn, new NumericTerm("age") { Label = "years of age" }, interaction);

        Assert.Equal(plain.Coefficients.Count, labelled.Coefficients.Count);
        Assert.Equal(plain.Coefficients[2].Estimate, labelled.Coefficients[2].Estimate);
    }
}
