using System.Globalization;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Stepwise search: R's <c>step</c> by AIC, and by rows that were held out.</summary>
public class TermSearchTests
{
    static readonly Term[] Main =
    [
        new NumericTerm("VehValue"),
        new FactorTerm("VehAge"),
        new FactorTerm("VehBody"),
        new FactorTerm("Gender"),
        new FactorTerm("DrivAge"),
    ];

    static readonly Term[] Pairs =
    [
        new InteractionTerm(Main[3], Main[4]),
        new InteractionTerm(Main[1], Main[4]),
        new InteractionTerm(Main[1], Main[3]),
    ];

    [Fact]
    public void Backward_from_a_poisson_model_is_that_of_R() =>
        AssertAsR(
            "poisson_backward",
            new() { Terms = Main },
            Set(OracleViews.Australian, "ClaimNb") with
            {
                Exposure = "Exposure",
            },
            [],
            SearchDirection.Backward
        );

    [Fact]
    public void Both_ways_with_interactions_is_that_of_R() =>
        AssertAsR(
            "binomial_both",
            new() { Family = Family.Binomial, Terms = [Main[3]] },
            Set(OracleViews.Australian, "ClaimOcc"),
            [.. Main, .. Pairs],
            SearchDirection.Both
        );

    [Fact]
    public void Forward_with_an_estimated_dispersion_is_that_of_R() =>
        AssertAsR(
            "gamma_forward",
            new() { Family = Family.Gamma, Link = Link.Log },
            Set(OracleViews.AustralianClaims, "AvCost") with
            {
                Weight = "ClaimNb",
            },
            Main,
            SearchDirection.Forward
        );

    [Fact]
    public void A_gaussian_search_is_that_of_R()
    {
        var claims = OracleViews.AustralianClaims;
        var logs = claims.Numeric("AvCost").Values.ToArray().Select(cost => Math.Log(cost));
        AssertAsR(
            "gaussian_both",
            new() { Family = Family.Gaussian, Terms = [Main[0], Main[1], Main[3]] },
            Set(claims.With(new NumericColumn("AvCost", [.. logs])), "AvCost") with
            {
                Weight = "ClaimNb",
            },
            Main,
            SearchDirection.Both
        );
    }

    [Fact]
    public void Held_out_rows_take_what_holds_up_and_leave_noise()
    {
        var set = Set(Books.Motor(20_000), "claims") with { Exposure = "years" };
        var options = new GlmOptions { Terms = [new FactorTerm("fuel"), new NumericTerm("value")] };
        Term[] scope = [new FactorTerm("zone"), new NumericTerm("age"), new FactorTerm("garage"), new FactorTerm("size")];
        var found = TermSearch.Run(options, set, scope, new() { Criterion = SearchCriterion.HeldOut });
        Assert.Equal(["age", "garage", "zone"], found.Terms.Select(term => term.Name).Order());
        Assert.Null(found.Steps[^1].Taken);
        for (var step = 1; step < found.Steps.Count; step++)
        {
            var (before, after) = (found.Steps[step - 1], found.Steps[step]);
            Assert.Equal(after.HeldOut!.Value - before.HeldOut!.Value, before.Taken!.HeldOutChange!.Value, 1e-12);
            Assert.True(before.Taken.HeldOutChange < 0 && before.Taken.HeldOutError > 0);
            Assert.Equal(before.Tried.Min(move => move.HeldOutChange), before.Taken.HeldOutChange);
        }
        // The held-out deviance itself, the plain way.
        var plain = 0.0;
        var all = Enumerable.Range(0, 20_000).ToArray();
        var size = set.Learn.Exposure("years").Years.ToArray();
        var folds = FoldAssigner.Assign(set, LearnRows.Of(set, options), new() { Count = 5 }).Of;
        foreach (var fold in Enumerable.Range(0, 5))
        {
            var learn = set.Learn.Take([.. all.Where(row => folds[row] != fold)]);
            var left = set.Learn.Take([.. all.Where(row => folds[row] == fold)]);
            var fit = new GlmTrainer(options).Fit(set with { Learn = learn });
            plain += Scoring.Deviance(Family.Poisson, left.Numeric("claims").Values, Scoring.Mean(fit, left, "years"));
        }
        Assert.Equal(plain / size.Sum(), found.Steps[0].HeldOut!.Value, 1e-10);
    }

    [Fact]
    public void Kept_terms_stay_and_an_interaction_holds_its_parts()
    {
        var set = Set(Books.Motor(1000), "score");
        var (zone, fuel) = (new FactorTerm("zone"), new FactorTerm("fuel"));
        var options = new GlmOptions
        {
            Family = Family.Gaussian,
            Terms = [zone, fuel, new FactorTerm("size"), new InteractionTerm(zone, fuel)],
        };
        var found = TermSearch.Run(options, set, [], new() { Direction = SearchDirection.Backward, Kept = ["size"] });
        Assert.DoesNotContain(found.Steps[0].Tried, move => move.Term is "zone" or "fuel" or "size");
        Assert.Equal(["zone", "size"], found.Terms.Select(term => term.Name));
    }

    [Fact]
    public void A_level_that_only_held_out_rows_have_gets_the_constant()
    {
        var learn = Books.Motor(400);
        var zone = (CategoricalColumn)learn["zone"];
        var all = Enumerable.Range(0, 400).ToArray();
        var set = Set(learn.Take([.. all.Where(row => zone.Codes[row] != 2)]), "claims");
        var coast = learn.Take([.. all.Where(row => zone.Codes[row] == 2)]);
        GlmFit Fit(params Term[] terms) => new GlmTrainer(new() { Terms = terms }).Fit(set);
        var constant = Fit();
        Assert.Equal(
            HeldOutRows.Deviances(constant, constant, set, coast),
            HeldOutRows.Deviances(Fit(new FactorTerm("zone")), constant, set, coast)
        );
    }

    [Fact]
    public void What_a_search_cannot_do_is_told_at_once()
    {
        var set = Set(Books.Motor(100), "claims");
        var options = new GlmOptions
        {
            Terms = [new FactorTerm("zone")],
            Penalty = new() { Strength = 1 },
        };
        var refusal = Assert.Throws<HalleyException>(() =>
            TermSearch.Run(options, set, [], new() { Kept = ["moon"], MaximumSteps = 0 })
        );
        Assert.Equal(
            "HLY2160: the search can't be done: a penalised model chooses its terms by the penalty; leave the penalty out; "
                + "0 steps are outside 1 to 1000; 'moon' is to be kept, but is no term of the model; there are zone.",
            refusal.Message
        );
    }

    static TrainingSet Set(Table learn, string target) =>
        new()
        {
            Learn = learn,
            Features = [],
            Target = target,
        };

    static void AssertAsR(string id, GlmOptions options, TrainingSet set, Term[] scope, SearchDirection direction)
    {
        var found = TermSearch.Run(options, set, scope, new() { Direction = direction });
        var lines = File.ReadLines(Path.Combine(ProjectRoot.Path, "tests/golden/glm/steps/steps.csv"))
            .Select(line => line.Split(','))
            .Where(line => line[0] == id)
            .ToLookup(line => line[1]);
        Assert.Equal(lines.Count, found.Steps.Count);
        for (var step = 0; step < found.Steps.Count; step++)
        {
            var expected = lines[(step + 1).ToString(CultureInfo.InvariantCulture)].ToList();
            var tried = found.Steps[step].Tried;
            Assert.Equal(expected.Count, tried.Count);
            for (var i = 0; i < tried.Count; i++)
            {
                var numbers = expected[i].Skip(4).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
                Assert.Equal(Sorted(expected[i][3]), Sorted(tried[i].Term));
                Assert.Equal(expected[i][2] == "add", tried[i].IsAdded);
                Assert.Equal(numbers[0], tried[i].Degrees);
                Assert.Equal(numbers[1], tried[i].DevianceChange, 1e-6);
                Assert.Equal(numbers[2], tried[i].AicChange, 1e-6);
                Assert.Equal(1, tried[i].PValue / numbers[3], 1e-5);
            }
        }
    }

    static string Sorted(string name) => string.Join(":", name.Split(':').Order(StringComparer.Ordinal));
}
