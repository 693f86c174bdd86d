using Halley.Data;
using Halley.Kernels;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>The cost of a claim on 4,624 Australian policies: gamma deviance against that of the mean, over 20 folds.</summary>
sealed class ClaimCost(ModelSpec spec, Table table)
{
    public const string Relative = "data/freqsev/ausprivauto0405.csv.gz";

    const int Folds = 20;
    const ulong FoldStream = 99;

    /// <summary>With no settings at all.</summary>
    internal Figure Default() => Measure("quality.severity.default_gain", "LightGBM defaults", -0.225);

    /// <summary>With settings chosen on other folds.</summary>
    internal Figure Tuned() => Measure("quality.severity.tuned_gain", "XGBoost, small trees", 0.0110);

    Figure Measure(string id, string rival, double rivalValue)
    {
        int[] folds =
        [
            .. Enumerable.Range(0, table.RowCount).Select(row => CounterRandom.Integer(1, FoldStream, (ulong)row, Folds)),
        ];
        var gains = Enumerable.Range(0, Folds).Select(fold => Gain(folds, fold)).ToArray();
        var (weight, gain) = (gains.Sum(fold => fold.Weight), gains.Sum(fold => fold.Gain));
        double[] means = [.. gains.Select(fold => fold.Gain / fold.Weight)];
        var error = Math.Sqrt(means.Sum(mean => (mean - means.Average()) * (mean - means.Average())) / (Folds * (Folds - 1)));
        return new(
            id,
            gain / weight,
            "gamma deviance of a claim's cost below the mean's, larger is better",
            rival,
            rivalValue,
            null,
            FormattableString.Invariant(
                $"samples/quality/models/{spec.Name}.yaml, 20 random folds, standard error {error:F4}; the mean's deviance {gains.Sum(fold => fold.Null) / weight:F4}"
            )
        );
    }

    (double Gain, double Null, double Weight) Gain(int[] folds, int fold)
    {
        var (learn, test) = (table.Where(row => folds[row] != fold), table.Where(row => folds[row] == fold));
        var predicted = ModelFitter.Fit(spec, learn).Predict(test, PredictMode.ExposureApplied).Values;
        var mean = Mean(learn);
        var cost = test.Numeric(spec.Target).Values;
        var claims = test.Numeric(spec.Weight!).Values;
        var (gain, none, weight) = (0.0, 0.0, 0.0);
        for (var row = 0; row < cost.Length; row++)
        {
            var ofMean = Family.Gamma.UnitDeviance(cost[row], mean);
            gain += claims[row] * (ofMean - Family.Gamma.UnitDeviance(cost[row], predicted[row]));
            none += claims[row] * ofMean;
            weight += claims[row];
        }
        return (gain, none, weight);
    }

    double Mean(Table rows)
    {
        var cost = rows.Numeric(spec.Target).Values;
        var claims = rows.Numeric(spec.Weight!).Values;
        var (sum, weight) = (0.0, 0.0);
        for (var row = 0; row < cost.Length; row++)
            (sum, weight) = (sum + claims[row] * cost[row], weight + claims[row]);
        return sum / weight;
    }
}
