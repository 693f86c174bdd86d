using System.Globalization;
using System.IO.Compression;
using Halley.Boosting;
using Halley.Data;
using Halley.Kernels;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>Boosted claim frequency on the published French split: single fits over seeds, their average, and defaults.</summary>
/// <param name="spec">The frozen setting; chosen on the learn rows alone.</param>
/// <param name="table">Learn and test rows.</param>
sealed class FrenchBoosting(ModelSpec spec, Table table)
{
    const int Seeds = 10;
    const string Prefix = "quality.french.";
    const string Unit = "mean Poisson deviance x 100, smaller is better";

    /// <summary>Best single fit of the rivals, best rival on unseen rows, best average over seeds, and best defaults: see the oracle's tables.</summary>
    const double RivalTest = 23.5526;
    const double RivalUnseen = 27.430;
    const double RivalEnsemble = 23.5598;
    const double RivalDefault = 23.5919;

    readonly Table test = table.Where(row => table["split"].TextAt(row) == "test");

    internal IEnumerable<Figure> Measure(BenchOptions options)
    {
        if (((string[])["boosting_test_deviance", "boosting_unseen", "ensemble"]).Any(name => options.Wants(Prefix + name)))
        {
            foreach (var figure in OverSeeds())
                yield return figure;
        }
        if (!options.Wants(Prefix + "boosting_default"))
            yield break;
        var plain = spec with { Learner = (BoostingLearner)spec.Learner with { Options = new BoostingOptions() } };
        yield return Of(
            Prefix + "boosting_default",
            Deviance(Fit(plain), null),
            "LightGBM defaults, rounds by early stopping",
            RivalDefault,
            "no options at all, seed 1"
        );
    }

    IEnumerable<Figure> OverSeeds()
    {
        var scores = Enumerable.Range(1, Seeds).Select(seed => Fit(spec with { Seed = (ulong)seed })).ToArray();
        var unseen = Unseen();
        var single = scores.Select(means => Deviance(means, null)).ToArray();
        var spread = Math.Sqrt(single.Sum(value => Math.Pow(value - single.Average(), 2)) / (Seeds - 1));
        var settings = FormattableString.Invariant(
            $"samples/real/models/frequency-trees.yaml, 67,801 test rows, mean of seeds 1 to {Seeds}, sd {spread:F4}"
        );
        yield return Of(
            Prefix + "boosting_test_deviance",
            single.Average(),
            "XGBoost 1.7.4, best setting",
            RivalTest,
            settings + "; " + Against(scores)
        );
        var unseenMean = scores.Average(means => Deviance(means, unseen));
        yield return Of(Prefix + "boosting_unseen", unseenMean, "XGBoost 1.7.4, best setting", RivalUnseen, settings);
        // The average of the scores before the link, as averaged_seeds has it.
        double[] together =
        [
            .. Enumerable.Range(0, test.RowCount).Select(row => Math.Exp(scores.Average(means => Math.Log(means[row])))),
        ];
        var ensemble = Deviance(together, null);
        yield return Of(
            Prefix + "ensemble_test_deviance",
            ensemble,
            "LightGBM, 5 seeds",
            RivalEnsemble,
            settings + "; together; " + Against([together])
        );
    }

    /// <summary>Differences from the rivals' stored predictions on the same rows, with paired bootstrap intervals.</summary>
    /// <param name="ours">Shape (fits)(test rows): their deviances are averaged.</param>
    string Against(double[][] ours)
    {
        const string Relative = "oracles/boosting_test_predictions.csv.gz";
        if (!File.Exists(Shared.Path(Relative)))
            return "rivals' predictions are not on this machine";
        using var packed = new GZipStream(File.OpenRead(Shared.Path(Relative)), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        var names = reader.ReadLine()!.Split(',')[1..];
        var claims = test.Numeric("ClaimNb").Values.ToArray();
        var differences = Array.ConvertAll(names, _ => new double[test.RowCount]);
        for (var row = 0; row < test.RowCount; row++)
        {
            var own = ours.Average(means => Family.Poisson.UnitDeviance(claims[row], means[row]));
            var theirs = reader.ReadLine()!.Split(',')[1..];
            for (var rival = 0; rival < names.Length; rival++)
            {
                var mean = double.Parse(theirs[rival], CultureInfo.InvariantCulture);
                differences[rival][row] = 100 * (own - Family.Poisson.UnitDeviance(claims[row], mean));
            }
        }
        return "paired bootstrap 95 % against the rivals' best single fits: "
            + string.Join(", ", names.Select((name, rival) => $"{name} {Interval(differences[rival])}"));
    }

    static string Interval(double[] differences)
    {
        var found = Bootstrap.Interval(differences.Length, counted => Reduce.Dot(counted, differences) / Reduce.Sum(counted));
        return FormattableString.Invariant($"{found.Value:F3} ({found.Lower:F3} to {found.Upper:F3})");
    }

    static Figure Of(string id, double value, string rival, double rivalValue, string settings) =>
        new(id, value, Unit, rival, rivalValue, rivalValue / value, settings);

    double[] Fit(ModelSpec which) => ModelFitter.Fit(which, table).Predict(test, PredictMode.ExposureApplied).Values.ToArray();

    double Deviance(double[] means, bool[]? among)
    {
        var claims = test.Numeric("ClaimNb").Values;
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < means.Length; row++)
        {
            if (among is not null && !among[row])
                continue;
            sum += Family.Poisson.UnitDeviance(claims[row], means[row]);
            count++;
        }
        return 100 * sum / count;
    }

    /// <summary>Test rows whose features occur in no learn row.</summary>
    bool[] Unseen()
    {
        var learn = table.Where(row => table["split"].TextAt(row) == "learn");
        var known = Enumerable.Range(0, learn.RowCount).Select(row => Tuple(learn, row)).ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, test.RowCount).Select(row => !known.Contains(Tuple(test, row)))];
    }

    static string Tuple(Table rows, int row) => string.Join('|', BoostingCases.Motor.Select(name => rows[name].TextAt(row)));
}
