using Halley.Data;

namespace Halley.Bench;

/// <summary>The learn rows of the French book as a pure premium is judged on them: cost a year, weighted by years, five folds by policy number.</summary>
sealed class PremiumBook
{
    internal const int Folds = 5;

    static readonly LevelList Parts = new(["learn", "test"]);

    readonly int[] foldOf;
    readonly double[] cost;
    readonly double[] years;

    /// <param name="policies">Learn and test rows.</param>
    internal PremiumBook(Table policies)
    {
        Learn = policies.Where(row => policies["split"].TextAt(row) == "learn");
        foldOf = [.. Learn.Numeric("IDpol").Values.ToArray().Select(id => (int)((long)id % Folds))];
        (cost, years) = (Learn.Numeric("ClaimTotal").Values.ToArray(), YearsOf(Learn));
    }

    internal Table Learn { get; }

    internal int[] Held(int fold) => [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] == fold)];

    internal int[] Others(int fold) => [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] != fold)];

    /// <summary>The learn rows with those of a fold as the test part, whatever the published split says.</summary>
    internal Table Split(int fold) =>
        Learn.With(new CategoricalColumn("split", [.. foldOf.Select(own => own == fold ? 1 : 0)], Parts));

    internal double[] Rates(int[] rows) => [.. rows.Select(row => cost[row] / years[row])];

    internal double[] Years(int[] rows) => [.. rows.Select(row => years[row])];

    internal static double[] YearsOf(Table rows) => rows.Exposure("Exposure").Years.ToArray();

    internal static double[] RatesOf(Table rows) =>
        [.. rows.Numeric("ClaimTotal").Values.ToArray().Zip(YearsOf(rows), (total, time) => total / time)];

    /// <summary>w · d(y, μ) of power 1.5, shape (n): d = 4(√μ − 2√y + y/√μ), a tenth of the time that any power takes.</summary>
    internal static double[] Deviances(double[] rates, double[] weights, double[] means)
    {
        var deviances = new double[rates.Length];
        for (var row = 0; row < rates.Length; row++)
        {
            var root = Math.Sqrt(means[row]);
            var ofClaims = rates[row] > 0 ? rates[row] / root - 2 * Math.Sqrt(rates[row]) : 0;
            deviances[row] = weights[row] * 4 * (root + ofClaims);
        }
        return deviances;
    }

    internal static double Mean(double[] rates, double[] weights, double[] means) =>
        Deviances(rates, weights, means).Sum() / weights.Sum();
}
