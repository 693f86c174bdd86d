using Halley.Boosting;

namespace Halley.Bench;

/// <summary>LightGBM's best of the trials for the pure premium, by the same folds.</summary>
sealed class RivalPremium(PremiumBook book)
{
    readonly double[][] columns = [.. BoostingCases.Motor.Select(name => BoostingCases.Codes(book.Learn[name]))];

    /// <summary>The trial of least held-out deviance at rounds that are best for all folds together.</summary>
    /// <remarks>The deviance is the one that chose: a little in LightGBM's favour.</remarks>
    internal (PremiumTrial Trial, int Rounds, double Deviance) Search()
    {
        var trials = PremiumTrial.All;
        var found = new double[trials.Count * PremiumBook.Folds][];
        Parallel.For(
            0,
            found.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            item => found[item] = Curve(trials[item / PremiumBook.Folds], item % PremiumBook.Folds)
        );
        var curves = trials.Select(_ => new FoldCurves()).ToArray();
        for (var item = 0; item < found.Length; item++)
            curves[item / PremiumBook.Folds].Add(book.Years(book.Held(item % PremiumBook.Folds)).Sum(), found[item]);
        return PremiumTrial
            .All.Select((trial, number) => (Trial: trial, Best: curves[number].Together()))
            .Select(one => (one.Trial, one.Best.Rounds, one.Best.Deviance))
            .MinBy(one => one.Deviance);
    }

    /// <summary>Expected over actual cost of all learn rows, fitted on all of them.</summary>
    internal double Balance(PremiumTrial trial, int rounds)
    {
        int[] all = [.. Enumerable.Range(0, book.Learn.RowCount)];
        var (rates, years, settings) = (book.Rates(all), book.Years(all), trial.ForLightGbm());
        var start = StartOf(rates, years);
        using var model = Bin(all, start, settings);
        model.Train(settings, rounds);
        return model.LearnMeans().Zip(years, (mean, time) => mean * time).Sum()
            / rates.Zip(years, (rate, time) => rate * time).Sum();
    }

    double[] Curve(PremiumTrial trial, int fold)
    {
        var (learn, held) = (book.Others(fold), book.Held(fold));
        var (rates, years, settings) = (book.Rates(held), book.Years(held), trial.ForLightGbm());
        var start = StartOf(book.Rates(learn), book.Years(learn));
        using var model = Bin(learn, start, settings);
        using var others = model.BinLike(Rows(held), Singles(rates), Singles(years), Repeated(start, held.Length), settings);
        List<double> curve = [PremiumBook.Mean(rates, years, Repeated(Math.Exp(start), held.Length))];
        var best = 0;
        foreach (var means in model.HeldOutMeans(others, settings, PremiumTrial.MostRounds))
        {
            curve.Add(PremiumBook.Mean(rates, years, means));
            if (curve[^1] < curve[best])
                best = curve.Count - 1;
            if (curve.Count - 1 - best >= trial.Patience)
                break;
        }
        return [.. curve];
    }

    LightGbmModel Bin(int[] rows, double start, string settings) =>
        LightGbmModel.Bin(
            Rows(rows),
            Singles(book.Rates(rows)),
            Singles(book.Years(rows)),
            Repeated(start, rows.Length),
            settings
        );

    double[] Rows(int[] rows) =>
        BoostingCases.RowByRow([.. columns.Select(column => Array.ConvertAll(rows, row => column[row]))]);

    static double StartOf(double[] rates, double[] years) =>
        Math.Log(rates.Zip(years, (rate, time) => rate * time).Sum() / years.Sum());

    static float[] Singles(double[] values) => Array.ConvertAll(values, value => (float)value);

    static double[] Repeated(double value, int count)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
