using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>The script that refits a model with R, run: coefficients, standard errors and deviance within 1e-8.</summary>
public sealed class RRefitTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("halley-r").FullName;

    public static TheoryData<string> Families =>
        new(
            "gaussian identity score",
            "gaussian log score",
            "gaussian power(2) score",
            "poisson log claims years",
            "poisson sqrt claims",
            "poisson identity claims",
            "quasipoisson log claims years",
            "gamma log cost",
            "gamma inverse cost",
            "gamma identity cost",
            "inversegaussian log cost",
            "inversegaussian inverse_square cost",
            "tweedie(1.5) log premium",
            "tweedie(1.3) power(0.2) premium",
            "tweedie log premium",
            "negbinomial(2) log claims years",
            "negbinomial(0.7) sqrt claims",
            "negbinomial log visits years",
            "negbinomial sqrt visits",
            "binomial logit lapsed",
            "binomial probit lapsed",
            "binomial cloglog lapsed years",
            "binomial log lapsed",
            "quasibinomial logit lapsed"
        );

    [Theory]
    [MemberData(nameof(Families))]
    public void Each_family_and_link_is_refitted(string words)
    {
        var parts = words.Split(' ');
        Assert.True(Link.TryParse(parts[1], out var link));
        var options = new GlmOptions
        {
            Family = Family.Parse(parts[0]),
            Link = link,
            Terms = [new FactorTerm("zone"), new NumericTerm("age"), new FactorTerm("garage")],
        };
        var set = Set(parts[2]) with { Exposure = parts.ElementAtOrDefault(3), Weight = parts[0] == "tweedie" ? null : "size" };
        AssertAgrees(options, set);
    }

    [Fact]
    public void Every_kind_of_term_is_refitted_with_offset_and_weights()
    {
        var options = new GlmOptions
        {
            Terms =
            [
                .. Books.AllTerms,
                new NaturalSplineTerm("age") { Knots = [30, 50], Label = "natural spline" },
                new BSplineTerm("value") { DegreesOfFreedom = 5 },
                new PolynomialTerm("cost", 2) { Orthogonal = true },
                new FactorTerm("size") { Base = "1.5" },
            ],
        };
        var learn = Books.Motor(4000);
        var moved = learn.Numeric("score").Values.ToArray();
        learn = learn.With(new NumericColumn("moved", [.. moved.Select(score => 0.02 * score)]));
        AssertAgrees(options, Set("claims", learn) with { Exposure = "years", Offset = "moved", Weight = "size" });
    }

    [Fact]
    public void A_rate_missing_values_a_control_and_given_relativities_are_refitted()
    {
        var learn = Books.Motor(3000);
        var ages = learn.Numeric("age").Values.ToArray();
        var zones = ((CategoricalColumn)learn["zone"]).Codes.ToArray();
        for (var row = 0; row < ages.Length; row += 7)
            (ages[row], zones[row]) = (double.NaN, row % 2 == 0 ? -1 : zones[row]);
        learn = learn
            .With(new NumericColumn("age", ages))
            .With(new CategoricalColumn("zone", zones, new(["nördlich, \"hoch\"", "south: sea", "coast", "if"])));
        var options = new GlmOptions
        {
            Family = Family.QuasiPoisson,
            Terms =
            [
                new FactorTerm("zone")
                {
                    Base = "coast",
                    Fixed = new Dictionary<string, double> { ["if"] = 1.3 },
                },
                new BandedTerm("age", [25, 60]) { Label = "age band" },
                new NumericTerm("age") { WhenMissing = ValueRule.Replace("40") },
                new FactorTerm("fuel"),
                new InteractionTerm(new FactorTerm("fuel"), new BandedTerm("age", [25, 60]) { Label = "age band" }),
            ],
            Controls = new Dictionary<string, string> { ["fuel"] = "petrol" },
        };
        AssertAgrees(options, Set("claims", learn) with { Exposure = "years", ExposureUse = ExposureUse.Rate });
    }

    [Fact]
    public void What_is_aliased_and_what_has_no_end_is_told_and_the_rest_agrees()
    {
        var learn = Books.Motor(1500);
        var claims = learn.Numeric("claims").Values.ToArray();
        var fuel = ((CategoricalColumn)learn["fuel"]).Codes;
        for (var row = 0; row < claims.Length; row++)
            claims[row] = fuel[row] == 2 ? 0 : claims[row];
        learn = learn.With(new NumericColumn("claims", claims));
        var twice = new NumericColumn("twice", [.. learn.Numeric("age").Values.ToArray().Select(age => 2 * age)]);
        var options = new GlmOptions
        {
            Terms = [new FactorTerm("fuel"), new NumericTerm("age"), new NumericTerm("twice"), new FactorTerm("zone")],
        };
        AssertAgrees(
            options,
            Set("claims", learn.With(twice)) with
            {
                Exposure = "years",
            },
            "8 coefficients, 6 of them estimated"
        );
    }

    [Theory]
    [InlineData("poisson", "claims")]
    [InlineData("gamma", "cost")]
    [InlineData("quasibinomial", "lapsed")]
    [InlineData("tweedie(1.5)", "premium")]
    [InlineData("negbinomial(2)", "claims")]
    public void Smooths_credibility_and_territories_are_refitted_with_mgcv(string family, string target)
    {
        var options = new GlmOptions
        {
            Family = Family.Parse(family),
            Terms =
            [
                new FactorTerm("garage"),
                new SmoothTerm("age") { Size = 8 },
                new SmoothTerm("value")
                {
                    Basis = SmoothKind.PSpline,
                    Size = 9,
                    Lambda = 3,
                },
                new CredibilityTerm("fuel") { Lambda = 2 },
                new NeighbourTerm("zone", Books.Ring) { Lambda = 1.5 },
            ],
        };
        AssertAgrees(options, Set(target, Books.Motor(3000)));
    }

    [Fact]
    public void Curves_by_level_are_refitted_with_mgcv()
    {
        var options = new GlmOptions
        {
            Terms =
            [
                new FactorTerm("zone") { Base = "coast" },
                new SmoothTerm("age") { Size = 8 },
                new SmoothTerm("age") { Size = 8, By = new FactorTerm("zone") },
                new BandedTerm("size", [1, 2]),
                new SmoothTerm("value")
                {
                    Basis = SmoothKind.PSpline,
                    Size = 7,
                    By = new BandedTerm("size", [1, 2]),
                    Lambda = 3,
                },
            ],
        };
        AssertAgrees(options, Set("claims", Books.Motor(3000)));
    }

    public static TheoryData<string> Products =>
        new("surface", "beside", "by level", "number", "numbers by level", "surface times number", "difference of surfaces");

    [Theory]
    [MemberData(nameof(Products))]
    public void Surfaces_and_other_products_are_refitted_with_mgcv(string words)
    {
        SmoothTerm Age(int size) => new("age") { Size = size };
        SmoothTerm Value(int size) => new("value") { Size = size };
        SmoothTerm Spline(int size) => Value(size) with { Basis = SmoothKind.PSpline, PenaltyOrder = 1 };
        FactorTerm fuel = new("fuel") { Base = "petrol" };
        FactorTerm garage = new("garage");
        Term[] terms = words switch
        {
            "surface" =>
            [
                garage,
                new InteractionTerm(Spline(6), Age(6)),
                new InteractionTerm(new CredibilityTerm("zone"), fuel, garage),
            ],
            "beside" => [Age(7), Value(6), new InteractionTerm(Age(5), Value(5))],
            "by level" =>
            [
                fuel,
                new InteractionTerm(Age(5), fuel, new SmoothTerm("cost") { Size = 5, Basis = SmoothKind.PSpline }),
            ],
            "number" =>
            [
                Age(6),
                Age(6) with
                {
                    By = new LogTerm("value"),
                    Lambda = 4,
                },
                new InteractionTerm(new CredibilityTerm("zone"), new PolynomialTerm("score", 2)),
            ],
            "numbers by level" => [fuel, new InteractionTerm(Age(5) with { Lambda = 3 }, new PolynomialTerm("score", 2), fuel)],
            "surface times number" =>
            [
                fuel,
                new InteractionTerm(Age(5), Value(5), new NumericTerm("score")),
                new InteractionTerm(new NeighbourTerm("zone", Books.Ring), fuel),
            ],
            _ =>
            [
                fuel,
                garage,
                Age(6),
                new InteractionTerm(Age(6), fuel),
                new InteractionTerm(Age(6), garage),
                new InteractionTerm(Age(6), fuel, garage),
            ],
        };
        AssertAgrees(new() { Terms = terms }, Set("claims", Books.Motor(2000)));
    }

    [Fact]
    public void A_wrong_number_is_found()
    {
        var options = new GlmOptions { Terms = [new FactorTerm("zone")] };
        var set = Set("claims");
        var fit = new GlmTrainer(options).Fit(set);
        var refit = RRefit.Of(options, set, fit);
        var values = refit.Coefficients.Numeric("estimate").Values.ToArray();
        values[1] += 1e-7;
        var wrong = refit with { Coefficients = refit.Coefficients.With(new NumericColumn("estimate", values)) };
        var (status, output) = Run(wrong);
        Assert.Equal(1, status);
        Assert.Contains("DIFFERS (tolerance 1e-08)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_R_cannot_refit_is_refused_with_the_reason()
    {
        void Refused(GlmOptions options, string target, string message)
        {
            var set = Set(target);
            var fit = new GlmTrainer(options).Fit(set);
            var refusal = Assert.Throws<HalleyException>(() => RRefit.Of(options, set, fit));
            Assert.Equal("HLY2151", refusal.Code);
            Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        }
        Term[] terms = [new FactorTerm("zone")];
        Refused(
            new()
            {
                Terms = terms,
                Penalty = new() { Strength = 0.01 },
            },
            "claims",
            "it is penalised, and R's glmnet stops far from eight digits. Leave the penalty out"
        );
        Refused(new() { Terms = terms, BiasReduction = true }, "claims", "R's glm has no Firth correction");
        Refused(
            new()
            {
                Family = Family.Tweedie(1.5),
                Link = Link.Logit,
                Terms = [],
            },
            "lapsed",
            "R's Tweedie families have the log link and power links alone, not logit"
        );
        Refused(
            new() { Family = Family.NegativeBinomialEstimated, Terms = terms },
            "lapsed",
            "theta grows without bound, and MASS stops somewhere on the way. Use the poisson family"
        );
        Refused(
            new()
            {
                Family = Family.NegativeBinomialEstimated,
                Link = Link.Power(0.25),
                Terms = terms,
            },
            "visits",
            "MASS estimates theta under the links log, identity and sqrt alone, not power(0.25)"
        );
    }

    static TrainingSet Set(string target, Table? learn = null)
    {
        learn ??= Books.Motor(2500);
        // Counts with more spread than a Poisson's.
        double[] visits = [.. learn.Numeric("cost").Values.ToArray().Select(cost => Math.Floor(cost / 300))];
        return new()
        {
            Learn = learn.With(new NumericColumn("visits", visits)),
            Features = [],
            Target = target,
        };
    }

    void AssertAgrees(GlmOptions options, TrainingSet set, string? said = null)
    {
        var fit = new GlmTrainer(options).Fit(set);
        var (status, output) = Run(RRefit.Of(options, set, fit));
        Assert.True(status == 0, output);
        Assert.Contains("agrees (tolerance 1e-08)", output, StringComparison.Ordinal);
        Assert.Contains(said ?? "rows", output, StringComparison.Ordinal);
    }

    (int Status, string Output) Run(RRefit refit)
    {
        CsvWriter.Write(refit.Rows, Path.Combine(folder, RRefit.RowsFile));
        CsvWriter.Write(refit.Coefficients, Path.Combine(folder, RRefit.CoefficientsFile));
        if (refit.Curves is { } curves)
            CsvWriter.Write(curves, Path.Combine(folder, RRefit.CurvesFile));
        var script = Path.Combine(folder, RRefit.ScriptFile);
        File.WriteAllText(script, refit.Script);
        return RProgram.Run(script, "MASS", "mgcv", "statmod");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
