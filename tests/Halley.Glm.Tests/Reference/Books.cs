using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Made-up books of business, the same for one seed.</summary>
static class Books
{
    static readonly LevelList Zones = new(["north", "south", "coast", "city"]);
    static readonly LevelList Fuels = new(["diesel", "petrol", "electric"]);

    /// <summary>Zone, fuel, garage, age, value, years, size; a target for each family: claims, cost, premium, lapsed, score.</summary>
    internal static Table Motor(int rows, ulong seed = 1)
    {
        var random = new DeterministicRandom(seed);
        var (zone, fuel, garage) = (new int[rows], new int[rows], new sbyte[rows]);
        string[] numbers = ["age", "value", "years", "size", "claims", "cost", "premium", "lapsed", "score"];
        var columns = numbers.ToDictionary(name => name, _ => new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            (zone[row], fuel[row], garage[row]) = (random.NextInt(4), random.NextInt(3), (sbyte)random.NextInt(2));
            columns["age"][row] = 18 + random.NextInt(70);
            columns["value"][row] = 3000 + Math.Round(30_000 * random.NextDouble());
            columns["years"][row] = Math.Round(0.05 + 0.95 * random.NextDouble(), 3);
            columns["size"][row] = 0.5 + random.NextInt(4) * 0.5;
            var eta = -0.6 + 0.25 * zone[row] - 0.3 * garage[row] + 0.01 * (50 - columns["age"][row]);
            columns["claims"][row] = random.NextPoisson(columns["years"][row] * Math.Exp(eta));
            columns["cost"][row] = 1 + 500 * Math.Exp(0.3 * fuel[row]) * random.NextGamma(1.4);
            columns["premium"][row] = columns["claims"][row] > 0 ? columns["cost"][row] * columns["claims"][row] : 0;
            columns["lapsed"][row] = random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
            columns["score"][row] = 10 + 3 * eta + random.NextNormal();
        }
        return new([
            new CategoricalColumn("zone", zone, Zones),
            new CategoricalColumn("fuel", fuel, Fuels),
            new BooleanColumn("garage", garage),
            .. columns.Select(pair =>
                pair.Key == "years" ? (Column)new ExposureColumn("years", pair.Value) : new NumericColumn(pair.Key, pair.Value)
            ),
        ]);
    }

    /// <summary>Zones that lie beside each other.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Ring { get; } =
        new Dictionary<string, IReadOnlyList<string>> { ["north"] = ["south", "city"], ["coast"] = ["south", "city"] };

    /// <summary>Every kind of term at once.</summary>
    internal static Term[] AllTerms =>
        [
            new FactorTerm("zone"),
            new PolynomialTerm("age", 3),
            new LogTerm("value"),
            new FactorTerm("garage"),
            new BandedTerm("value", [8000, 20_000]) { Label = "value band" },
            new InteractionTerm(new FactorTerm("zone"), new NumericTerm("age")),
            new InteractionTerm(new FactorTerm("garage"), new FactorTerm("fuel")),
        ];

    /// <summary>A family with its link, the target that suits it, and how the rows are weighed.</summary>
    internal sealed record Case(Family Family, Link Link, string Target, string? Weight = null, bool Exposed = false)
    {
        internal TrainingSet Set(Table learn) =>
            new()
            {
                Learn = learn,
                Features = [],
                Target = Target,
                Weight = Weight,
                Exposure = Exposed ? "years" : null,
            };

        internal GlmOptions Options(params Term[] terms) =>
            new()
            {
                Family = Family,
                Link = Link,
                Terms = terms,
            };

        internal GlmFit Fit(Table learn, params Term[] terms) => new GlmTrainer(Options(terms)).Fit(Set(learn));
    }

    internal static IReadOnlyList<Case> Cases { get; } =
    [
        new(Family.Poisson, Link.Log, "claims", Exposed: true),
        new(Family.Poisson, Link.Log, "claims", "size"),
        new(Family.Poisson, Link.Power(0.5), "claims"),
        new(Family.Gamma, Link.Log, "cost", "size"),
        new(Family.Gamma, Link.Reciprocal, "cost"),
        new(Family.Gamma, Link.Identity, "cost"),
        new(Family.Tweedie(1.5), Link.Log, "premium", "size"),
        new(Family.Tweedie(1.2), Link.Log, "premium"),
        new(Family.Binomial, Link.Logit, "lapsed", "size"),
        new(Family.Binomial, Link.Probit, "lapsed"),
        new(Family.Binomial, Link.ComplementaryLogLog, "lapsed"),
        new(Family.Gaussian, Link.Identity, "score", "size"),
        new(Family.Gaussian, Link.Log, "score"),
        new(Family.InverseGaussian, Link.Log, "cost", "size"),
        new(Family.InverseGaussian, Link.InverseSquare, "cost"),
        new(Family.QuasiPoisson, Link.Log, "claims", Exposed: true),
        new(Family.QuasiBinomial, Link.Logit, "lapsed", "size"),
        new(Family.NegativeBinomial(2), Link.Log, "claims", "size"),
        new(Family.NegativeBinomial(0.7), Link.Power(0.5), "claims"),
    ];
}
