using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Small books with known risk, drawn by seed.</summary>
static class Books
{
    internal static readonly string[] Features = ["age", "power", "region", "fuel", "since"];

    internal static readonly LevelList Regions = new(["north", "east", "south", "west", "centre", "coast", "isle"]);

    /// <summary>A motor book: claims are Poisson with a rate that depends on age, power, region and their interplay.</summary>
    internal static Table Motor(int rowCount, ulong seed = 1)
    {
        var random = new DeterministicRandom(seed);
        var (age, power, since) = (new double[rowCount], new double[rowCount], new int[rowCount]);
        var (region, fuel) = (new int[rowCount], new sbyte[rowCount]);
        var (claims, years, weight) = (new double[rowCount], new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            age[row] = 18 + Math.Floor(60 * random.NextDouble());
            power[row] = random.NextDouble() < 0.1 ? double.NaN : 4 + 8 * random.NextDouble();
            region[row] = random.NextDouble() < 0.05 ? -1 : (int)(6 * random.NextDouble());
            fuel[row] = (sbyte)(random.NextDouble() < 0.5 ? 1 : 0);
            since[row] = 730_000 + (int)(4000 * random.NextDouble());
            years[row] = 0.1 + 0.9 * random.NextDouble();
            weight[row] = 1 + (int)(3 * random.NextDouble());
            claims[row] = random.NextPoisson(years[row] * Rate(age[row], power[row], region[row], fuel[row]));
        }
        return new([
            new NumericColumn("age", age),
            new NumericColumn("power", power),
            new CategoricalColumn("region", region, Regions),
            new BooleanColumn("fuel", fuel),
            new DateColumn("since", since),
            new NumericColumn("claims", claims),
            new ExposureColumn("years", years),
            new NumericColumn("weight", weight),
        ]);
    }

    internal static TrainingSet Set(Table learn, Table? validation = null) =>
        new()
        {
            Learn = learn,
            Validation = validation,
            Features = Features,
            Target = "claims",
            Exposure = "years",
        };

    /// <summary>A table of one number, named x, and its target y.</summary>
    internal static TrainingSet OneNumber(double[] x, double[] y) =>
        new()
        {
            Learn = new([new NumericColumn("x", x), new NumericColumn("y", y)]),
            Features = ["x"],
            Target = "y",
        };

    /// <summary>A table of one category, named level, and its target y.</summary>
    internal static TrainingSet OneCategory(int[] codes, LevelList levels, double[] y) =>
        new()
        {
            Learn = new([new CategoricalColumn("level", codes, levels), new NumericColumn("y", y)]),
            Features = ["level"],
            Target = "y",
        };

    static double Rate(double age, double power, int region, int fuel)
    {
        var eta = -1 - 0.02 * (age - 40) + (age < 25 && fuel == 1 ? 0.6 : 0);
        eta += double.IsNaN(power) ? 0.4 : 0.05 * (power - 8);
        return Math.Exp(eta + (region is 1 or 4 ? 0.5 : 0));
    }
}
