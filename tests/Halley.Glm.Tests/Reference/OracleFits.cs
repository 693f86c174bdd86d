using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>The shared oracles' unpenalised fits that the thin engine covers, as their recipes have them.</summary>
static class OracleFits
{
    static readonly Term[] FrenchMain =
    [
        Factor("Area", "A"),
        Factor("VehGas", "Diesel"),
        new NumericTerm("BonusMalusGLM"),
        new LogTerm("DrivAge"),
    ];

    static readonly Term[] FrenchCost =
    [
        Factor("Area", "A"),
        Factor("VehGas", "Diesel"),
        new NumericTerm("BonusMalusGLM"),
        VehicleAge,
        new NumericTerm("DrivAge"),
    ];

    static readonly Term[] Renewal =
    [
        new NumericTerm("polholder_age"),
        Factor("polholder_BMCevol", "down"),
        Factor("polholder_gender", "Female"),
        new NumericTerm("policy_age"),
        Factor("policy_caruse", "commercial"),
        new NumericTerm("policy_nbcontract"),
        new NumericTerm("logfinal"),
        new NumericTerm("loglast"),
        new NumericTerm("logmarket"),
        new NumericTerm("vehicl_age"),
        Factor("vehicl_region", "Reg1"),
    ];

    static BandedTerm VehicleAge => new("VehAge", [6, 13]) { Base = "<6", Label = "VehAgeGLM" };

    static FactorTerm VehicleAgeGroup => Factor("VehAge", "old cars");

    static FactorTerm DriverAge => Factor("DrivAge", "old people");

    internal static GlmFit Fit(string id)
    {
        var (set, options) = Recipe(id);
        return new GlmTrainer(options).Fit(set);
    }

    internal static (TrainingSet Set, GlmOptions Options) Recipe(string id) =>
        id switch
        {
            "fr_poisson_interactions" => Counts(
                OracleViews.FrenchFirst,
                Factor("VehGas", "Diesel"),
                new NumericTerm("DensityGLM"),
                Factor("Area", "A"),
                new NumericTerm("DrivAge"),
                new NumericTerm("BonusMalusGLM"),
                new InteractionTerm(Factor("VehGas", "Diesel"), new NumericTerm("DensityGLM")),
                new InteractionTerm(Factor("VehGas", "Diesel"), Factor("Area", "A")),
                new InteractionTerm(new NumericTerm("DrivAge"), new NumericTerm("BonusMalusGLM"))
            ),
            "fr_poisson_weights_zero" => Weighted(Counts(OracleViews.FrenchFirst, FrenchMain)),
            "fr_poisson_aliased" => Counts(
                WithDependent(OracleViews.FrenchFirst),
                Factor("Area", "A"),
                new NumericTerm("AreaGLM"),
                new NumericTerm("DrivAge"),
                new NumericTerm("twice"),
                new NumericTerm("const"),
                Factor("VehGas", "Diesel"),
                new NumericTerm("BonusMalusGLM")
            ),
            "fr_poisson_empty_levels" => Counts(
                OracleViews.Where(OracleViews.FrenchFirst, "Region", "R11", "R24", "R93"),
                Factor("Region", "R11"),
                Factor("VehGas", "Diesel"),
                new NumericTerm("BonusMalusGLM")
            ),
            "fr_poisson_empty_cells" => Counts(
                WithoutCells(OracleViews.FrenchFirst),
                Factor("VehBrand", "B1"),
                Factor("VehPowerGLM", "4"),
                new InteractionTerm(Factor("VehBrand", "B1"), Factor("VehPowerGLM", "4"))
            ),
            "fr_poisson_sqrt" => Simple(
                OracleViews.FrenchFirst,
                "ClaimNb",
                Family.Poisson,
                Link.Power(0.5),
                Factor("Area", "A"),
                Factor("VehGas", "Diesel"),
                new NumericTerm("BonusMalusGLM")
            ),
            "fr_tweedie_1.2" => Cost(1.2),
            "fr_tweedie_1.5" => Cost(1.5),
            "fr_tweedie_1.8" => Cost(1.8),
            "fr_gamma_log" => Simple(
                OracleViews.FrenchClaims,
                "ClaimAmount",
                Family.Gamma,
                Link.Log,
                [
                    VehicleAge,
                    Factor("VehGas", "Diesel"),
                    Factor("Area", "A"),
                    new LogTerm("DrivAge"),
                    new NumericTerm("BonusMalusGLM"),
                ]
            ),
            "fr_gaussian_logamount" => Simple(
                OracleViews.FrenchClaims,
                "LogAmount",
                Family.Gaussian,
                Link.Identity,
                VehicleAge,
                Factor("VehGas", "Diesel"),
                Factor("Area", "A"),
                new PolynomialTerm("DrivAge", 2) { Orthogonal = true },
                new NumericTerm("BonusMalusGLM")
            ),
            "aus_gamma_log" => Average(
                Link.Log,
                VehicleAgeGroup,
                Factor("Gender", "Female"),
                DriverAge,
                new NumericTerm("VehValue")
            ),
            "aus_gamma_inverse" => Average(Link.Reciprocal, Factor("Gender", "Female"), DriverAge),
            "aus_gamma_identity" => Average(Link.Identity, Factor("Gender", "Female"), DriverAge),
            "aus_gaussian_log" => Simple(
                OracleViews.AustralianClaims,
                "AvCost",
                Family.Gaussian,
                Link.Log,
                VehicleAgeGroup,
                Factor("Gender", "Female"),
                DriverAge
            ),
            "aus_poisson" => Counts(
                OracleViews.Australian,
                new NumericTerm("VehValue"),
                VehicleAgeGroup,
                Factor("VehBody", "Bus"),
                Factor("Gender", "Female"),
                DriverAge
            ),
            "aus_interaction" => Counts(
                OracleViews.Australian,
                VehicleAgeGroup,
                Factor("Gender", "Female"),
                DriverAge,
                new InteractionTerm(VehicleAgeGroup, Factor("Gender", "Female"))
            ),
            "aus_binomial_cloglog_offset" => Occurrence(),
            "sw_poisson" => Counts(
                OracleViews.Motorcycles,
                Factor("Area", "Central parts of Sweden's three largest cities"),
                Factor("RiskClass", "EV ratio 13-15"),
                new BandedTerm("VehAge", [2, 5]) { Base = "<2", Label = "VehAgeBand" },
                Factor("BonusClass", "BM1")
            ),
            "sw_gamma_log" => ByClaims(
                Simple(
                    OracleViews.MotorcycleClaims,
                    "AvCost",
                    Family.Gamma,
                    Link.Log,
                    Factor("RiskClass", "EV ratio 13-15"),
                    new BandedTerm("VehAge", [2, 5]) { Base = "<2", Label = "VehAgeBand" }
                ),
                "ClaimNb"
            ),
            "uk_gamma_inverse" => British(Factor("Model", "A"), Factor("CarAge", "0-3")),
            "uk_gamma_inverse_interaction" => British(
                Factor("Model", "A"),
                Factor("CarAge", "0-3"),
                new InteractionTerm(Factor("Model", "A"), Factor("CarAge", "0-3"))
            ),
            "fr_poisson_splines" => Counts(
                OracleViews.FrenchFirst.With(
                    FrenchData.Derived(OracleViews.FrenchFirst, "Bonus120", "BonusMalusGLM", level => Math.Min(level, 120))
                ),
                new PolynomialTerm("DrivAge", 3) { Orthogonal = true },
                new NaturalSplineTerm("VehAge") { Knots = [2, 6, 12], Label = "ns(VehAge, knots = c(2, 6, 12))" },
                new BSplineTerm("Bonus120")
                {
                    Knots = [60, 80],
                    Label = "bs(pmin(BonusMalusGLM, 120), knots = c(60, 80), degree = 3)",
                },
                Factor("VehGas", "Diesel"),
                new NumericTerm("DensityGLM")
            ),
            "fr_gaussian_splines" => Simple(
                OracleViews.FrenchClaims,
                "LogAmount",
                Family.Gaussian,
                Link.Identity,
                new NaturalSplineTerm("DrivAge") { Knots = [25, 35, 50, 65], Label = "ns(DrivAge, knots = c(25, 35, 50, 65))" },
                new BSplineTerm("VehAge") { Knots = [5, 10], Label = "bs(VehAge, knots = c(5, 10), degree = 3)" },
                Factor("VehGas", "Diesel")
            ),
            "fr_quasipoisson_frequency" => Rate(
                Simple(OracleViews.FrenchFirst, "ClaimNb", Family.QuasiPoisson, Link.Log, FrenchMain)
            ),
            "fr_negbin" => Negative(OracleViews.FrenchFirst, 7.746649019467613, FrenchMain),
            "fr_negbin_theta1" => Negative(OracleViews.FrenchFirst, 1, FrenchMain),
            "aus_negbin" => Negative(
                OracleViews.Australian,
                2.1935847668332737,
                new NumericTerm("VehValue"),
                VehicleAgeGroup,
                Factor("Gender", "Female"),
                DriverAge
            ),
            "sw_cells_negbin" => Negative(
                OracleViews.MotorcycleCells,
                2.0088116305674477,
                Factor("VehAgeBand", "0-1"),
                Factor("RiskClass", "EV ratio 13-15")
            ),
            "sw_cells_poisson" => Counts(
                OracleViews.MotorcycleCells,
                Factor("Area", "Central parts of Sweden's three largest cities"),
                Factor("RiskClass", "EV ratio 13-15"),
                Factor("VehAgeBand", "0-1"),
                Factor("BonusClass", "BM1")
            ),
            "aus_invgauss_log" => ByClaims(
                Simple(
                    OracleViews.AustralianClaims,
                    "AvCost",
                    Family.InverseGaussian,
                    Link.Log,
                    VehicleAgeGroup,
                    Factor("Gender", "Female"),
                    DriverAge
                ),
                "ClaimNb"
            ),
            "aus_invgauss_canonical" => ByClaims(
                Simple(
                    OracleViews.AustralianClaims,
                    "AvCost",
                    Family.InverseGaussian,
                    Link.InverseSquare,
                    Factor("Gender", "Female"),
                    DriverAge
                ),
                "ClaimNb"
            ),
            "aus_quasi_power" => Average(Link.Power(1.0 / 3), Factor("Gender", "Female"), DriverAge),
            "lapse_binomial_grouped" => Grouped(Family.Binomial),
            "lapse_quasibinomial_grouped" => Grouped(Family.QuasiBinomial),
            "lapse_small_logit" => Simple(
                OracleViews.Renewals,
                "lapse",
                Family.Binomial,
                Link.Logit,
                new NumericTerm("polholder_age"),
                Factor("polholder_gender", "Female"),
                new NumericTerm("policy_age"),
                Factor("policy_caruse", "commercial"),
                new NumericTerm("loglast"),
                new NumericTerm("logmarket"),
                new NumericTerm("vehicl_age"),
                Factor("vehicl_region", "Reg1")
            ),
            "lapse_binomial_logit" => Simple(OracleViews.Renewals, "lapse", Family.Binomial, Link.Logit, Renewal),
            "lapse_binomial_probit" => Simple(OracleViews.Renewals, "lapse", Family.Binomial, Link.Probit, Renewal),
            "lapse_binomial_cloglog" => Simple(OracleViews.Renewals, "lapse", Family.Binomial, Link.ComplementaryLogLog, Renewal),
            "pg17_poisson" => Simple(
                OracleViews.Where(OracleViews.PricingGame, "vh_age", age => !double.IsNaN(age)),
                "N",
                Family.Poisson,
                Link.Log,
                new NumericTerm("pol_bonus"),
                Factor("pol_coverage", "Maxi"),
                Factor("pol_usage", "AllTrips"),
                Factor("pol_payd", "No"),
                Factor("drv_drv2", "No"),
                new LogTerm("drv_age1"),
                new NumericTerm("vh_age"),
                Factor("vh_fuel", "Diesel"),
                Factor("vh_type", "Commercial"),
                new NumericTerm("logValue") { Label = "log1p(vh_value)" }
            ),
            "pg17_poisson_makes" => Simple(
                OracleViews.PricingGame,
                "N",
                Family.Poisson,
                Link.Log,
                Factor("pol_coverage", "Maxi"),
                new LogTerm("drv_age1"),
                Factor("vh_make", "RENAULT")
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, "no recipe"),
        };

    static FactorTerm Factor(string column, string level) => new(column) { Base = level };

    static (TrainingSet, GlmOptions) Simple(Table learn, string target, Family family, Link link, params Term[] terms) =>
        (
            new()
            {
                Learn = learn,
                Features = [],
                Target = target,
            },
            new()
            {
                Family = family,
                Link = link,
                Terms = terms,
            }
        );

    static (TrainingSet, GlmOptions) Counts(Table learn, params Term[] terms)
    {
        var (set, options) = Simple(learn, "ClaimNb", Family.Poisson, Link.Log, terms);
        return (set with { Exposure = "Exposure" }, options);
    }

    static (TrainingSet, GlmOptions) Cost(double power) =>
        Rate(Simple(OracleViews.FrenchFirst, "ClaimTotal", Family.Tweedie(power), Link.Log, FrenchCost));

    static (TrainingSet, GlmOptions) Rate((TrainingSet Set, GlmOptions Options) recipe) =>
        (recipe.Set with { Exposure = "Exposure", ExposureUse = ExposureUse.Rate }, recipe.Options);

    static (TrainingSet, GlmOptions) Negative(Table learn, double theta, params Term[] terms)
    {
        var (set, options) = Counts(learn, terms);
        return (set, options with { Family = Family.NegativeBinomial(theta) });
    }

    static (TrainingSet, GlmOptions) Grouped(Family family)
    {
        var (set, options) = Simple(
            OracleViews.RenewalGroups,
            "rate",
            family,
            Link.Logit,
            Factor("polholder_gender", "Female"),
            Factor("policy_caruse", "commercial"),
            Factor("vehicl_region", "Reg1")
        );
        return (set with { Weight = "n" }, options);
    }

    /// <summary>The rows of the profile likelihood of the Tweedie power: the first 20,000, cost a year, by exposure or unweighted.</summary>
    internal static (TrainingSet Set, GlmOptions Options) TweedieProfile(bool weighted)
    {
        var learn = FrenchData.LearnFirst(20_000);
        var (cost, years) = (learn.Numeric("ClaimTotal").Values.ToArray(), learn.Exposure("Exposure").Years.ToArray());
        learn = learn
            .With(new NumericColumn("rate", [.. cost.Select((total, row) => total / years[row])]))
            .With(new NumericColumn("years", years));
        var (set, options) = Simple(
            learn,
            "rate",
            Family.TweedieEstimated,
            Link.Log,
            Factor("Area", "A"),
            Factor("VehGas", "Diesel"),
            new NumericTerm("BonusMalusGLM"),
            VehicleAge
        );
        return (set with { Weight = weighted ? "years" : null }, options);
    }

    static (TrainingSet, GlmOptions) Average(Link link, params Term[] terms) =>
        ByClaims(Simple(OracleViews.AustralianClaims, "AvCost", Family.Gamma, link, terms), "ClaimNb");

    static (TrainingSet, GlmOptions) British(params Term[] terms) =>
        ByClaims(
            Simple(OracleViews.British, "AvCost", Family.Gamma, Link.Reciprocal, [Factor("OwnerAge", "17-20"), .. terms]),
            "NClaims"
        );

    static (TrainingSet, GlmOptions) Occurrence()
    {
        var (set, options) = Simple(
            OracleViews.Australian,
            "ClaimOcc",
            Family.Binomial,
            Link.ComplementaryLogLog,
            new NumericTerm("VehValue"),
            VehicleAgeGroup,
            Factor("Gender", "Female"),
            DriverAge
        );
        return (set with { Exposure = "Exposure" }, options);
    }

    static (TrainingSet, GlmOptions) ByClaims((TrainingSet Set, GlmOptions Options) recipe, string claims) =>
        (recipe.Set with { Weight = claims }, recipe.Options);

    /// <summary>Weights 1, 2, 0.5, 0, 1, 2, … by row.</summary>
    static (TrainingSet, GlmOptions) Weighted((TrainingSet Set, GlmOptions Options) recipe)
    {
        double[] cycle = [1, 2, 0.5, 0];
        var learn = recipe.Set.Learn;
        double[] weights = [.. Enumerable.Range(0, learn.RowCount).Select(row => cycle[row % 4])];
        return (recipe.Set with { Learn = learn.With(new NumericColumn("w", weights)), Weight = "w" }, recipe.Options);
    }

    static Table WithDependent(Table table) =>
        table
            .With(FrenchData.Derived(table, "twice", "DrivAge", age => 2 * age + 1))
            .With(FrenchData.Derived(table, "const", "DrivAge", _ => 3));

    static Table WithoutCells(Table table)
    {
        var brands = OracleViews.Where(table, "VehBrand", "B1", "B12", "B3");
        var brand = brands.Categorical("VehBrand");
        var power = brands.Numeric("VehPowerGLM").Values.ToArray();
        return brands.Take([
            .. Enumerable.Range(0, power.Length).Where(row => !(power[row] is 8 or 9 && brand.TextAt(row) == "B12")),
        ]);
    }
}
