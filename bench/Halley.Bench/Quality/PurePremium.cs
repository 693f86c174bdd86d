using Halley.Boosting;
using Halley.Data;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>
/// The French pure premium: trees on the cost that correct trees on the number of claims, beside LightGBM's trees on the cost, with the same
/// settings tried by both; judged by five folds of the learn rows.
/// </summary>
/// <param name="counts">Claim counts, without any option.</param>
/// <param name="premium">The frozen correction; stands on <paramref name="counts"/>.</param>
/// <param name="tariff">The published GLM of the cost, for the test rows.</param>
/// <param name="policies">Learn and test rows.</param>
sealed class PurePremium(ModelSpec counts, ModelSpec premium, ModelSpec tariff, Table policies)
{
    const string Unit = "Tweedie deviance (1.5) a year at risk, smaller is better";

    readonly PremiumBook book = new(policies);

    /// <summary>By fold, fitted where first wanted.</summary>
    readonly FittedModel?[] countsWithout = new FittedModel?[PremiumBook.Folds];

    BoostingOptions Frozen => ((BoostingLearner)premium.Learner).Options;

    internal IEnumerable<Figure> Measure(BenchOptions options)
    {
        if (options.Wants("quality.french.tweedie_cv") || options.Wants("quality.french.tweedie_balance"))
        {
            foreach (var figure in Searched())
                yield return figure;
        }
        if (options.Wants("quality.french.tweedie_test"))
            yield return Test(Fit(premium, policies, ModelFitter.Fit(counts, policies)));
    }

    /// <summary>What both find by the same trials; test rows are not looked at.</summary>
    IEnumerable<Figure> Searched()
    {
        var rival = new RivalPremium(book);
        var theirs = rival.Search();
        var (trial, rounds) = Search();
        var found = trial.ForHalley(Frozen) with { Rounds = rounds, Patience = Frozen.Patience };
        var spec = premium with { Learner = (BoostingLearner)premium.Learner with { Options = found } };
        var ours = HeldOutDeviance(spec);
        var settings = FormattableString.Invariant($"{trial}, {rounds} rounds");
        yield return new(
            "quality.french.tweedie_cv",
            ours,
            Unit,
            "LightGBM 4.7.0, " + theirs.Trial.ForLightGbm() + FormattableString.Invariant($" rounds={theirs.Rounds}"),
            theirs.Deviance,
            theirs.Deviance / ours,
            $"samples/quality/models/{premium.Name}.yaml over {counts.Name}.yaml, five folds of the learn rows by IDpol mod 5, balance "
                + $"restored; best of {PremiumTrial.Count} settings, the same for both: {settings}"
                + (found == Frozen ? "" : "; NOT THE FROZEN ONE")
        );
        var fitted = Fit(spec, policies, ModelFitter.Fit(counts, policies));
        var expected = fitted.Predict(book.Learn, PredictMode.ExposureApplied).Values.ToArray().Sum();
        var balance = expected / book.Learn.Numeric("ClaimTotal").Values.ToArray().Sum();
        yield return new(
            "quality.french.tweedie_balance",
            Math.Abs(balance - 1),
            "expected over actual cost of the learn rows, distance from 1",
            "LightGBM 4.7.0",
            Math.Abs(rival.Balance(theirs.Trial, theirs.Rounds) - 1),
            null,
            $"fitted on all learn rows, {settings}"
        );
    }

    Figure Test(FittedModel fitted)
    {
        var test = policies.Where(row => policies["split"].TextAt(row) == "test");
        var (rates, years) = (PremiumBook.RatesOf(test), PremiumBook.YearsOf(test));
        var ours = Deviances(fitted);
        var theirs = Deviances(ModelFitter.Fit(tariff, policies));
        var difference = Bootstrap.Interval(ours.Length, counted => Mean(ours, counted) - Mean(theirs, counted));
        return new(
            "quality.french.tweedie_test",
            ours.Sum() / years.Sum(),
            Unit,
            "GLM1",
            theirs.Sum() / years.Sum(),
            theirs.Sum() / ours.Sum(),
            FormattableString.Invariant(
                $"67,801 test rows; difference {difference.Value:F2}, paired bootstrap 95 % {difference.Lower:F2} to {difference.Upper:F2}"
            )
        );

        double[] Deviances(FittedModel model) =>
            PremiumBook.Deviances(rates, years, model.Predict(test, PredictMode.AtExposureOne).Values.ToArray());

        double Mean(double[] deviances, ReadOnlySpan<double> counted)
        {
            var (sum, weight) = (0.0, 0.0);
            for (var row = 0; row < counted.Length; row++)
                (sum, weight) = (sum + counted[row] * deviances[row], weight + counted[row] * years[row]);
            return sum / weight;
        }
    }

    /// <summary>The best trial over the folds; the model of counts is fitted anew in each, so that held-out rows are new to both.</summary>
    (PremiumTrial Trial, int Rounds) Search()
    {
        var curves = PremiumTrial.All.Select(_ => new FoldCurves()).ToArray();
        for (var fold = 0; fold < PremiumBook.Folds; fold++)
        {
            const string Below = "(counts)";
            var (held, others) = (book.Held(fold), book.Others(fold));
            var scores = CountsWithout(fold).Predict(book.Learn, PredictMode.Raw).Values.ToArray();
            var rows = book.Learn.With(new NumericColumn(Below, scores));
            var set = new TrainingSet
            {
                Learn = rows.Take(others),
                Validation = rows.Take(held),
                Features = premium.Learner.FeatureNames,
                Target = premium.Target,
                Exposure = premium.Exposure,
                ExposureUse = premium.ExposureUse,
                Offset = Below,
            };
            var given = Frozen.For(premium.Family);
            var prepared = new BoostingTrainer(given).Prepare(set);
            var weight = book.Years(held).Sum();
            for (var trial = 0; trial < curves.Length; trial++)
            {
                var fit = new BoostingTrainer(PremiumTrial.All[trial].ForHalley(given)).Grow(prepared);
                curves[trial].Add(weight, [.. fit.Curve.Select(round => round.Validation!.Value)]);
            }
        }
        var best = Enumerable.Range(0, curves.Length).MinBy(trial => curves[trial].Together().Deviance);
        return (PremiumTrial.All[best], curves[best].Together().Rounds);
    }

    double HeldOutDeviance(ModelSpec spec)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var fold = 0; fold < PremiumBook.Folds; fold++)
        {
            var held = book.Held(fold);
            var fitted = Fit(spec, book.Split(fold), CountsWithout(fold));
            var means = fitted.Predict(book.Learn.Take(held), PredictMode.AtExposureOne).Values.ToArray();
            var years = book.Years(held);
            (sum, weight) = (sum + PremiumBook.Deviances(book.Rates(held), years, means).Sum(), weight + years.Sum());
        }
        return sum / weight;
    }

    FittedModel CountsWithout(int fold) => countsWithout[fold] ??= ModelFitter.Fit(counts, book.Split(fold));

    static FittedModel Fit(ModelSpec spec, Table table, FittedModel below) =>
        ModelFitter.Fit(spec, table, options: new() { OffsetModel = below });
}
