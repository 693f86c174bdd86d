using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Main-effect models of the smaller sets against R, with the base levels of the reference.</summary>
public class PublishedSetTests
{
    static readonly Term[] Australian =
    [
        new NumericTerm("VehValue"),
        new FactorTerm("VehAge") { Base = "old cars" },
        new FactorTerm("VehBody") { Base = "Bus" },
        new FactorTerm("Gender") { Base = "Female" },
        new FactorTerm("DrivAge") { Base = "old people" },
    ];

    static readonly Term[] Motorcycle =
    [
        new FactorTerm("Area") { Base = "Central parts of Sweden's three largest cities" },
        new FactorTerm("RiskClass") { Base = "EV ratio <5" },
        new BandedTerm("VehAge", [2, 5]) { Base = "<2", Label = "VehAgeBand" },
        new FactorTerm("BonusClass") { Base = "BM1" },
    ];

    static TrainingSet Set(Table learn, string target, string? weight = null) =>
        new()
        {
            Learn = learn,
            Features = [],
            Target = target,
            Weight = weight,
        };

    static GlmFit Fit(TrainingSet set, Family family, params Term[] terms) =>
        new GlmTrainer(new() { Family = family, Terms = terms }).Fit(set);

    /// <summary>
    /// To 1e-8 of the golden fit, whose search ran until nothing changed. The published list was stopped earlier, by the deviance:
    /// its coefficients are good to about 3e-6 where Fisher's steps converge slowly, and its errors belong to the step before.
    /// </summary>
    static void AssertPublished(string set, string model, GlmFit fit)
    {
        ReferenceCoefficients.AssertSame(ReferenceCoefficients.Golden($"{set}/{model}"), fit);
        ReferenceCoefficients.AssertSame(ReferenceCoefficients.Published(set, model), fit, 5e-6);
    }

    [Fact]
    public void Australian_claim_count()
    {
        var fit = Fit(Set(OracleViews.Australian, "ClaimNb") with { Exposure = "Exposure" }, Family.Poisson, Australian);

        AssertPublished("ausprivauto0405", "poisson_main", fit);
        Assert.Equal(
            ReferenceMetrics.Published("ausprivauto0405", "poisson_main", "all", "poisson_deviance_mean_per_policy"),
            fit.Deviance / fit.RowCount,
            1e-14
        );
        Assert.Equal(ReferenceMetrics.Published("ausprivauto0405", "poisson_main", "all", "aic"), fit.Aic!.Value, 1e-9);
    }

    [Fact]
    public void Australian_claim_indicator()
    {
        var fit = Fit(Set(OracleViews.Australian, "ClaimOcc"), Family.Binomial, Australian);

        AssertPublished("ausprivauto0405", "logistic_main", fit);
        Assert.Equal(
            ReferenceMetrics.Published("ausprivauto0405", "logistic_main", "all", "log_loss"),
            fit.Deviance / 2 / fit.RowCount,
            1e-14
        );
    }

    [Fact]
    public void Australian_claim_size()
    {
        var fit = Fit(
            Set(OracleViews.AustralianClaims, "AvCost", "ClaimNb"),
            Family.Gamma,
            Australian[1],
            Australian[3],
            Australian[4]
        );

        AssertPublished("ausprivauto0405", "gamma_main", fit);
        Assert.Equal(
            ReferenceMetrics.Published("ausprivauto0405", "gamma_main", "all", "gamma_deviance_total"),
            fit.Deviance,
            1e-8
        );
    }

    [Fact]
    public void Swedish_motorcycle_claim_count()
    {
        var fit = Fit(Set(OracleViews.Motorcycles, "ClaimNb") with { Exposure = "Exposure" }, Family.Poisson, Motorcycle);

        AssertPublished("swmotorcycle", "poisson_main", fit);
        Assert.Equal(
            ReferenceMetrics.Published("swmotorcycle", "poisson_main", "exposure>0", "poisson_deviance_total"),
            fit.Deviance,
            1e-9
        );
    }

    [Fact]
    public void Swedish_motorcycle_claim_size()
    {
        var fit = Fit(Set(OracleViews.MotorcycleClaims, "AvCost", "ClaimNb"), Family.Gamma, Motorcycle);

        AssertPublished("swmotorcycle", "gamma_main", fit);
        Assert.Equal(
            ReferenceMetrics.Published("swmotorcycle", "gamma_main", "claims>0", "gamma_deviance_total"),
            fit.Deviance,
            1e-9
        );
    }

    [Fact]
    public void British_car_damage_has_the_deviance_of_the_book()
    {
        var options = new GlmOptions
        {
            Family = Family.Gamma,
            Link = Link.Reciprocal,
            Terms =
            [
                new FactorTerm("OwnerAge") { Base = "17-20" },
                new FactorTerm("Model") { Base = "A" },
                new FactorTerm("CarAge") { Base = "0-3" },
            ],
        };
        var fit = new GlmTrainer(options).Fit(Set(OracleViews.British, "AvCost", "NClaims"));

        AssertPublished("ukaggclaim", "gamma_inverse_link", fit);
        Assert.Equal(124.72484603972, fit.Deviance, 1e-9);
        Assert.Equal(109, fit.ResidualDegrees);
    }

    [Fact]
    public void European_lapse()
    {
        string[] numbers = ["polholder_age", "policy_age", "policy_nbcontract", "vehicl_age", "vehicl_agepurchase"];
        string[] factors =
        [
            "polholder_BMCevol=down",
            "polholder_diffdriver=all drivers > 24",
            "polholder_gender=Female",
            "polholder_job=medical",
            "policy_caruse=commercial",
            "prem_freqperyear=1 per year",
            "vehicl_garage=carport",
            "vehicl_powerkw=100 kW",
            "vehicl_region=Reg1",
        ];
        Term[] terms =
        [
            .. numbers.Select(name => new NumericTerm(name)),
            .. factors.Select(pair => pair.Split('=')).Select(pair => new FactorTerm(pair[0]) { Base = pair[1] }),
            new NumericTerm("logfinal") { Label = "log(prem_final)" },
            new NumericTerm("loglast") { Label = "log(prem_final/prem_last)" },
            new NumericTerm("logmarket") { Label = "log(prem_final/prem_market)" },
        ];
        var fit = Fit(Set(OracleViews.Renewals, "lapse"), Family.Binomial, terms);

        // Five commercial policies with commercial drivers lapse or not; all 24 other commercial drivers stay: those coefficients,
        // and the levels of power without a lapse, have no finite optimum. R stops somewhere; all others must agree.
        var published = ReferenceCoefficients.Published("eudirectlapse", "logistic_main");
        var finite = fit.Coefficients.Where(coefficient => !coefficient.IsUnbounded).ToArray();
        var unbounded = fit.Coefficients.Except(finite).Select(coefficient => RNames.Of(coefficient).First());
        Assert.Equal(published.Where(pair => pair.Value.Error > 100).Select(pair => pair.Key).Order(), unbounded.Order());
        foreach (var coefficient in finite)
        {
            var (estimate, error) = published[RNames.Of(coefficient).First()];
            Assert.Equal(estimate, coefficient.Estimate, 1e-6 * Math.Max(Math.Abs(estimate), error));
            Assert.Equal(error, coefficient.StandardError, 1e-6 * error);
        }
        Assert.True(fit.Converged);
        Assert.Contains("'vehicl_powerkw' levels '250 kW', '275 kW', '300 kW'", fit.Advice, StringComparison.Ordinal);
        Assert.Contains("'polholder_diffdriver[commercial]'", fit.Advice, StringComparison.Ordinal);
        Assert.Equal(
            ReferenceMetrics.Published("eudirectlapse", "logistic_main", "shared 80%", "log_loss"),
            fit.Deviance / 2 / fit.RowCount,
            1e-12
        );
    }
}
