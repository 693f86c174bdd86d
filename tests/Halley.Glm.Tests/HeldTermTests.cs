using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Monotone rules and limits of factors and bands, with inference given what they made of the levels.</summary>
public class HeldTermTests
{
    static readonly Table Learn = Books.Motor(4000, 11);

    static readonly double[] Cuts = [25, 32, 39, 46, 53, 60, 67, 74, 81];

    static readonly Term[] Others = [new FactorTerm("zone"), new FactorTerm("garage")];

    public static TheoryData<int, MonotoneRule> Books_and_rules =>
        new(
            from which in new[] { 0, 3, 6, 8, 11 }
            from rule in new[] { MonotoneRule.Rising, MonotoneRule.Falling }
            select (which, rule)
        );

    [Theory]
    [MemberData(nameof(Books_and_rules))]
    public void The_optimum_is_the_one_that_a_search_within_limits_finds(int which, MonotoneRule rule)
    {
        var book = Books.Cases[which];
        var fit = book.Fit(Learn, [new BandedTerm("age", Cuts) { Monotone = rule }, .. Others]);
        var search = new GlmTrainer(
            book.Options([new BandedTerm("age", Cuts), .. Others]) with
            {
                Penalty = new()
                {
                    Strength = 0,
                    Tolerance = 1e-9,
                    Terms = [new("age") { Monotone = rule }],
                },
            }
        ).Fit(book.Set(Learn));

        Assert.True(fit.Converged);
        Assert.Equal(search.Deviance, fit.Deviance, 1e-8 * search.Deviance);
        for (var f = 0; f < fit.Relativities.Count; f++)
        {
            for (var level = 0; level < fit.Relativities[f].Levels.Count; level++)
                Assert.Equal(
                    search.Relativities[f].Levels[level].Coefficient,
                    fit.Relativities[f].Levels[level].Coefficient,
                    1e-6
                );
        }
        var ages = fit.Relativities[0].Levels.Select(level => level.Coefficient).ToArray();
        Assert.All(
            ages.Zip(ages.Skip(1)),
            pair => Assert.True(rule == MonotoneRule.Rising ? pair.Second >= pair.First : pair.Second <= pair.First)
        );
        if (rule == MonotoneRule.Rising)
            Assert.Contains(ages.Zip(ages.Skip(1)), pair => pair.First == pair.Second);
    }

    [Fact]
    public void Inference_is_that_of_the_bands_that_are_left()
    {
        var book = Books.Cases[0];
        var fit = book.Fit(Learn, [new BandedTerm("age", Cuts) { Monotone = MonotoneRule.Falling, Base = "[46,53)" }, .. Others]);
        var levels = fit.Relativities[0].Levels;
        // A cut stays where the relativity changes.
        double[] left = [.. Cuts.Where((_, i) => levels[i].Coefficient != levels[i + 1].Coefficient)];
        Assert.InRange(left.Length, 2, Cuts.Length - 1);
        var from = left.LastOrDefault(cut => cut <= 46, double.NegativeInfinity);
        var names = BandCoder.BandNames(left);
        var base_ = names[Array.IndexOf(left, from) + 1];
        var same = book.Fit(Learn, [new BandedTerm("age", left) { Base = base_ }, .. Others]);

        Assert.Equal(same.Deviance, fit.Deviance, 1e-9);
        Assert.Equal(same.Aic!.Value, fit.Aic!.Value, 1e-8);
        Assert.Equal(same.Rank, fit.Rank);
        Assert.Equal(same.TermTests[0].Degrees, fit.TermTests[0].Degrees);
        Assert.Equal(same.TermTests[0].Wald, fit.TermTests[0].Wald, 1e-7);
        Assert.Equal(same.Coefficients.Select(own => own.StandardError), fit.Coefficients.Select(own => own.StandardError), Near);
        for (var level = 0; level < levels.Count; level++)
        {
            var own = same.Relativities[0].Levels[left.Count(cut => level > 0 && cut <= Cuts[level - 1])];
            Assert.Equal(own.Coefficient, levels[level].Coefficient, 1e-9);
            Assert.Equal(own.StandardError, levels[level].StandardError, 1e-9);
        }
        // Every band has its own rows, and keeps its name.
        var plain = book.Fit(Learn, [new BandedTerm("age", Cuts), .. Others]).Relativities[0].Levels;
        Assert.Equal(plain.Select(level => (level.Level, level.RowCount)), levels.Select(level => (level.Level, level.RowCount)));
        Assert.Equal(plain.Select(level => level.Observed), levels.Select(level => level.Observed), Near);
        Assert.Single(levels, level => level.IsBase);
        Assert.Equal(Scoring.Eta(same.Scorer, Learn), Scoring.Eta(fit.Scorer, Learn), Near);
        Assert.StartsWith("'age' is held falling: one relativity for", fit.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_kept_and_the_rest_is_fitted_around_them()
    {
        var book = Books.Cases[0];
        var free = book.Fit(Learn, Others).Relativities[0].Levels;
        var (low, high) = (0.5, 1.4);
        var fit = book.Fit(
            Learn,
            new FactorTerm("zone")
            {
                Base = "south",
                Lowest = low,
                Highest = high,
            },
            new FactorTerm("garage"),
            new NumericTerm("age")
        );
        var levels = fit.Relativities[0].Levels;
        Assert.All(levels, level => Assert.InRange(level.Relativity, low - 1e-12, high + 1e-12));
        var given = levels.Where(level => level.IsFixed).ToDictionary(level => level.Level, level => level.Relativity);
        Assert.NotEmpty(given);
        var same = book.Fit(
            Learn,
            new FactorTerm("zone") { Base = "south", Fixed = given },
            new FactorTerm("garage"),
            new NumericTerm("age")
        );
        Assert.Equal(same.Deviance, fit.Deviance, 1e-9);
        Assert.Equal(same.Coefficients.Select(own => own.Estimate), fit.Coefficients.Select(own => own.Estimate), Near);
        Assert.Equal(same.Coefficients.Select(own => own.StandardError), fit.Coefficients.Select(own => own.StandardError), Near);
        foreach (var level in levels.Where(level => level.IsFixed))
        {
            // It would go further if it could.
            Assert.True(level.Relativity > 1 ? level.Observed > level.Fitted : level.Observed < level.Fitted);
            Assert.Equal((level.Relativity, level.Relativity), (level.Lower, level.Upper), NearPair);
        }
        Assert.Contains(free, level => level.Relativity > high * free.Single(own => own.Level == "south").Relativity);
        Assert.Contains(fit.Notes, note => note.StartsWith("'zone' is held within limits: 'city'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_the_data_keep_by_themselves_changes_nothing()
    {
        var book = Books.Cases[0];
        Term[] plain = [new FactorTerm("zone"), new NumericTerm("age")];
        var free = book.Fit(Learn, plain);
        // Zones rise in the order of the column's levels.
        var held = book.Fit(
            Learn,
            new FactorTerm("zone") { Monotone = MonotoneRule.Rising, WhenMissing = ValueRule.Reject },
            new NumericTerm("age")
        );
        Assert.Equal(free.Coefficients.Select(own => own.Estimate), held.Coefficients.Select(own => own.Estimate), Near);
        Assert.Equal(free.Coefficients.Select(own => own.Name), held.Coefficients.Select(own => own.Name));
        Assert.Equal(free.Notes, held.Notes);
        Assert.Equal(
            free.Relativities[0].Levels.Select(level => level.Level),
            held.Relativities[0].Levels.Select(level => level.Level)
        );
    }

    [Fact]
    public void A_level_without_claims_joins_its_neighbour()
    {
        var claims = Learn.Numeric("claims").Values.ToArray();
        var ages = Learn.Numeric("age").Values.ToArray();
        var learn = Learn.With(
            new NumericColumn("claims", [.. claims.Select((count, row) => ages[row] is >= 46 and < 53 ? 0 : count)])
        );
        var fit = Books.Cases[0].Fit(learn, [new BandedTerm("age", Cuts) { Monotone = MonotoneRule.Falling }, .. Others]);
        Assert.True(fit.Converged);
        Assert.All(
            fit.Relativities[0].Levels,
            level => Assert.True(double.IsFinite(level.StandardError) && level.Relativity > 0.01)
        );
        Assert.DoesNotContain(fit.Notes, note => note.Contains('∞', StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_that_can_t_be_kept_are_all_told_at_once()
    {
        var options = new GlmOptions
        {
            Family = Family.Poisson,
            Terms =
            [
                new BandedTerm("age", Cuts) { Monotone = MonotoneRule.Rising, Highest = 2 },
                new FactorTerm("zone") { Lowest = 1.1, Highest = 2 },
                new FactorTerm("fuel") { Lowest = 2, Highest = 0.5 },
                new FactorTerm("garage") { Fixed = new Dictionary<string, double> { ["true"] = 0.9 } },
                new SmoothTerm("value"),
                new CredibilityTerm("make") { Monotone = MonotoneRule.Rising },
                new InteractionTerm(new FactorTerm("a") { Highest = 2 }, new FactorTerm("b")),
            ],
            BiasReduction = true,
        };
        var message = Assert.Throws<HalleyException>(options.Validate).Message;
        foreach (
            var problem in new[]
            {
                "term 'age': a monotone rule and limits can't stand together",
                "term 'zone': the limits must hold 1 between them",
                "term 'fuel': 2 to 0.5 are no limits",
                "'garage' has given relativities, which rules of",
                "'s(value)' finds its own smoothing, which rules of",
                "term 're(make)': levels held by a penalty take no monotone rule",
                "interaction 'a:b' holds 'a' with a monotone rule or limits",
                "bias reduction and rules of",
            }
        )
            Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    static bool Near(double left, double right) =>
        left.Equals(right) || Math.Abs(left - right) <= 1e-8 * Math.Max(1, Math.Abs(right));

    static bool NearPair((double, double) left, (double, double) right) =>
        Near(left.Item1, right.Item1) && Near(left.Item2, right.Item2);
}
