using Halley.Boosting;
using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>The problems that training time is measured on.</summary>
static class BoostingCases
{
    internal static readonly string[] Motor =
    [
        "Area",
        "VehPower",
        "VehAge",
        "DrivAge",
        "BonusMalus",
        "VehBrand",
        "VehGas",
        "Density",
        "Region",
    ];

    /// <summary>100 trees of 31 leaves at rate 0.1, 255 bins, at least 20 rows a leaf, no sampling, no penalty.</summary>
    internal static BoostingOptions Plain { get; } =
        new()
        {
            Rounds = 100,
            LearningRate = 0.1,
            MaximumLeaves = 31,
            MinimumLeafRows = 20,
            MinimumLeafHessian = 1e-3,
            L2 = 0,
            ColumnShare = 1,
            RestoreBalance = false,
        };

    /// <summary>The French learn rows, text as its place in byte order, Poisson with log exposure as offset.</summary>
    internal static BoostingCase French(int rowLimit = int.MaxValue)
    {
        var all = FrenchFile.Load();
        var learn = all.Where(row => all["split"].TextAt(row) == "learn");
        if (learn.RowCount > rowLimit)
            learn = learn.Take([.. Enumerable.Range(0, rowLimit)]);
        var columns = Motor.Select(name => Codes(learn[name])).ToArray();
        var (claims, years) = (learn.Numeric("ClaimNb").Values.ToArray(), learn.Exposure("Exposure").Years.ToArray());
        var rate = claims.Sum() / years.Sum();
        return new()
        {
            Set = new()
            {
                Learn = new([
                    .. Motor.Select((name, i) => (Column)new NumericColumn(name, columns[i])),
                    new NumericColumn("ClaimNb", claims),
                    new ExposureColumn("Exposure", years),
                ]),
                Features = Motor,
                Target = "ClaimNb",
                Exposure = "Exposure",
            },
            Options = Plain,
            X = RowByRow(columns),
            Target = [.. claims.Select(value => (float)value)],
            Offset = [.. years.Select(value => Math.Log(value * rate))],
            Objective = "poisson",
            Deviance = means => MeanDeviance(Family.Poisson, claims, means),
        };
    }

    /// <summary>The same rows with the three factors that have no order as categories.</summary>
    internal static TrainingSet FrenchWithCategories()
    {
        var set = French().Set;
        var (all, learn) = (FrenchFile.Load(), set.Learn);
        var rows = all.Where(row => all["split"].TextAt(row) == "learn");
        foreach (var factor in (string[])["VehBrand", "VehGas", "Region"])
            learn = learn.With(rows[factor]);
        return set with { Learn = learn };
    }

    /// <summary>28 standard normal columns and a yes or no that depends on 16 of them; see the formula in the body.</summary>
    /// <param name="forRival">Whether the numbers are kept row by row too, as LightGBM takes them.</param>
    internal static BoostingCase Normal(int rows, bool forRival = true)
    {
        const int Columns = 28;
        var (x, y) = (new float[(long)rows * Columns], new double[rows]);
        Parallel.For(
            0,
            rows,
            row =>
            {
                var values = x.AsSpan(row * Columns, Columns);
                for (var j = 0; j < Columns; j++)
                {
                    var (u, v) = (1 - Draw(20, row, 2 * j), Draw(20, row, 2 * j + 1));
                    values[j] = (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));
                }
                var score =
                    0.8 * values[0] * values[1]
                    + Math.Sin(2 * values[2])
                    + 0.5 * values[3] * values[3]
                    - 0.7 * Math.Abs(values[4]) * (values[5] > 0 ? 1 : 0)
                    + 0.6 * values[6]
                    - 0.4 * values[7] * values[8] * (values[9] > 0.5 ? 1 : 0);
                for (var j = 10; j <= 15; j++)
                    score += 0.3 * values[j];
                y[row] = Draw(20, row, 56) < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
            }
        );
        var names = Enumerable.Range(0, Columns).Select(j => $"x{j}").ToArray();
        return new()
        {
            Set = new()
            {
                Learn = new([
                    .. names.Select((name, j) => (Column)new NumericColumn(name, ColumnOf(x, j, Columns))),
                    new NumericColumn("y", y),
                ]),
                Features = names,
                Target = "y",
            },
            Options = Plain with { Objective = BoostingObjective.LogLoss },
            SingleX = forRival ? x : [],
            Target = [.. y.Select(value => (float)value)],
            Objective = "binary",
            Deviance = means => MeanDeviance(Family.Binomial, y, means),
        };
    }

    /// <summary>Uniform in [0, 1): output 64·row + index of SplitMix64 started at a seed, its upper 53 bits.</summary>
    static double Draw(ulong seed, long row, int index) =>
        (SplitMix64.Mix(seed + (ulong)(64 * row + index + 1) * SplitMix64.Step) >> 11) * (1.0 / (1L << 53));

    static double MeanDeviance(Family family, double[] target, double[] means)
    {
        var sum = 0.0;
        for (var row = 0; row < target.Length; row++)
            sum += family.UnitDeviance(target[row], means[row]);
        return 100 * sum / target.Length;
    }

    internal static double[] ColumnOf(float[] x, int column, int columns)
    {
        var values = new double[x.Length / columns];
        for (var row = 0; row < values.Length; row++)
            values[row] = x[row * columns + column];
        return values;
    }

    /// <summary>A column as LightGBM takes it: text as its place in byte order.</summary>
    internal static double[] Codes(Column column)
    {
        if (column is NumericColumn numbers)
            return numbers.Values.ToArray();
        var category = (CategoricalColumn)column;
        var places = category.Levels.Levels.Order(StringComparer.Ordinal).Select((level, place) => (level, place)).ToDictionary();
        return [.. category.Codes.ToArray().Select(code => (double)places[category.Levels.Levels[code]])];
    }

    internal static double[] RowByRow(double[][] columns)
    {
        var x = new double[columns[0].Length * columns.Length];
        for (var row = 0; row < columns[0].Length; row++)
        {
            for (var column = 0; column < columns.Length; column++)
                x[row * columns.Length + column] = columns[column][row];
        }
        return x;
    }
}
