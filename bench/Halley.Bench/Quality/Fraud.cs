using Halley.Data;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>Fraud among 15,420 claims: how well trees put them in order, next year's and five random fifths of the same years'.</summary>
/// <param name="forward">Frozen; chosen on forward folds inside 1994 and 1995.</param>
/// <param name="random">Frozen; chosen on folds inside the learn parts.</param>
sealed class Fraud(ModelSpec forward, ModelSpec random, Table table)
{
    public const string Relative = "data/fraud/carclaims_splits.csv.gz";

    const int Splits = 5;
    const double TestYear = 1996;
    const string Unit = "area under the ROC curve, larger is better";

    internal IEnumerable<Figure> Measure()
    {
        var year = table.Numeric("Year").Values.ToArray();
        var next = Auc(forward, row => year[row] == TestYear);
        yield return Of(
            "quality.fraud.auc_forward",
            next.Value,
            "CatBoost 1.2.10, native categories",
            0.7441,
            $"samples/quality/models/{forward.Name}.yaml, 1994 and 1995 learnt, 1996 scored, DeLong 95 % {Range(next)}"
        );
        var splits = Enumerable.Range(1, Splits).Select(AucOf).ToArray();
        yield return Of(
            "quality.fraud.auc_random",
            splits.Average(split => split.Value),
            "XGBoost 3.2.0, native categories",
            0.8461,
            $"samples/quality/models/{random.Name}.yaml, mean of five splits, DeLong 95 % of each {string.Join(", ", splits.Select(Range))}"
        );
    }

    Estimate AucOf(int split)
    {
        var test = table.Numeric(FormattableString.Invariant($"random{split}")).Values.ToArray();
        return Auc(random, row => test[row] == 1);
    }

    Estimate Auc(ModelSpec spec, Func<int, bool> isTest)
    {
        var test = table.Where(isTest);
        var shares = ModelFitter.Fit(spec, table.Where(row => !isTest(row))).Predict(test, PredictMode.ExposureApplied).Values;
        return Metrics.AucInterval(test.Numeric(spec.Target).Values, shares);
    }

    static string Range(Estimate auc) => FormattableString.Invariant($"{auc.Lower:F3} to {auc.Upper:F3}");

    static Figure Of(string id, double value, string rival, double rivalValue, string settings) =>
        new(id, value, Unit, rival, rivalValue, value / rivalValue, settings);
}
