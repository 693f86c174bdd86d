using Halley.Data;
using Halley.Kernels;

namespace Halley.Models.Tests;

/// <summary>A small made-up motor portfolio: every kind of column, missing values, and a known claim frequency.</summary>
static class Portfolio
{
    public static readonly LevelList Brands = new(["Alfa", "Borgward", "Citroen", "Daf"]);

    /// <summary>Columns id, age, brand, garage, start, years, claims, cost, part; the same for one seed.</summary>
    public static Table Make(int rows, ulong seed = 7)
    {
        var random = new DeterministicRandom(seed);
        var (id, age, start, years) = (new string[rows], new double[rows], new int[rows], new double[rows]);
        var (brand, garage) = (new int[rows], new sbyte[rows]);
        var (claims, cost, part) = (new double[rows], new double[rows], new int[rows]);
        var firstDay = new DateOnly(2024, 1, 1).DayNumber;
        for (var row = 0; row < rows; row++)
        {
            id[row] = $"P{row / 2}";
            age[row] = random.NextInt(60) + 18;
            brand[row] = random.NextInt(4);
            garage[row] = (sbyte)(random.NextInt(10) == 0 ? -1 : random.NextInt(2));
            start[row] = firstDay + random.NextInt(730);
            years[row] = (random.NextInt(12) + 1) / 12.0;
            var rate = 0.2 * Math.Exp(0.3 * brand[row] - 0.01 * (age[row] - 40));
            claims[row] = random.NextDouble() < rate * years[row] ? 1 : 0;
            cost[row] = claims[row] * Math.Round(500 + 4000 * random.NextDouble() * random.NextDouble());
            part[row] = row % 5 == 4 ? 1 : 0;
            if (random.NextInt(20) == 0)
                age[row] = double.NaN;
        }
        return new([
            new TextColumn("id", id),
            new NumericColumn("age", age),
            new CategoricalColumn("brand", brand, Brands),
            new BooleanColumn("garage", garage),
            new DateColumn("start", start),
            new ExposureColumn("years", years),
            new NumericColumn("claims", claims),
            new NumericColumn("cost", cost),
            new CategoricalColumn("part", part, new(["learn", "test"])),
        ]);
    }
}
