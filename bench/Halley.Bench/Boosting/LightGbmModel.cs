namespace Halley.Bench;

/// <summary>A training set and booster of LightGBM's, freed with it.</summary>
sealed class LightGbmModel : IDisposable
{
    readonly nint dataset;
    nint booster;

    LightGbmModel(nint dataset, int rows) => (this.dataset, Rows) = (dataset, rows);

    internal int Rows { get; }

    /// <summary>Bins the rows.</summary>
    /// <param name="x">Rows behind one another, shape (rows × columns).</param>
    internal static LightGbmModel Bin(double[] x, float[] target, float[]? weight, double[]? offset, string parameters)
    {
        LightGbm.Check(
            LightGbm.DatasetCreate(
                x,
                LightGbm.Float64,
                target.Length,
                x.Length / target.Length,
                1,
                parameters,
                0,
                out var dataset
            )
        );
        return Fill(dataset, target, weight, offset);
    }

    /// <summary>Bins the rows.</summary>
    /// <param name="x">Rows behind one another, shape (rows × columns).</param>
    internal static LightGbmModel Bin(float[] x, float[] target, string parameters)
    {
        LightGbm.Check(
            LightGbm.DatasetCreate(
                x,
                LightGbm.Float32,
                target.Length,
                x.Length / target.Length,
                1,
                parameters,
                0,
                out var dataset
            )
        );
        return Fill(dataset, target, null, null);
    }

    /// <summary>Trains afresh.</summary>
    internal void Train(string parameters, int rounds)
    {
        Forget();
        LightGbm.Check(LightGbm.BoosterCreate(dataset, parameters, out booster));
        for (var round = 0; round < rounds; round++)
            LightGbm.Check(LightGbm.BoosterUpdate(booster, out _));
    }

    /// <summary>Trains afresh, with the means of held-out rows after each round; ends when the caller stops asking.</summary>
    /// <param name="held">Binned by <see cref="BinLike"/>.</param>
    internal IEnumerable<double[]> HeldOutMeans(LightGbmModel held, string parameters, int rounds)
    {
        Forget();
        LightGbm.Check(LightGbm.BoosterCreate(dataset, parameters, out booster));
        LightGbm.Check(LightGbm.BoosterAddValidation(booster, held.dataset));
        var means = new double[held.Rows];
        for (var round = 0; round < rounds; round++)
        {
            LightGbm.Check(LightGbm.BoosterUpdate(booster, out _));
            LightGbm.Check(LightGbm.BoosterGetPredict(booster, 1, out _, means));
            yield return means;
        }
    }

    /// <summary>Other rows in the same bins.</summary>
    internal LightGbmModel BinLike(double[] x, float[] target, float[]? weight, double[]? offset, string parameters)
    {
        LightGbm.Check(
            LightGbm.DatasetCreate(
                x,
                LightGbm.Float64,
                target.Length,
                x.Length / target.Length,
                1,
                parameters,
                dataset,
                out var others
            )
        );
        return Fill(others, target, weight, offset);
    }

    /// <summary>The fitted means of the training rows, offset included.</summary>
    internal double[] LearnMeans()
    {
        var means = new double[Rows];
        LightGbm.Check(LightGbm.BoosterGetPredict(booster, 0, out _, means));
        return means;
    }

    /// <summary>Scores on the link scale, offset left out.</summary>
    /// <param name="x">Rows behind one another.</param>
    internal double[] RawScores(double[] x, int rows)
    {
        var scores = new double[rows];
        LightGbm.Check(
            LightGbm.BoosterPredict(booster, x, LightGbm.Float64, rows, x.Length / rows, 1, 1, 0, -1, "", out _, scores)
        );
        return scores;
    }

    /// <summary>The model as LightGBM writes it.</summary>
    internal string Text()
    {
        var text = new byte[1 << 26];
        LightGbm.Check(LightGbm.BoosterSave(booster, 0, -1, 0, text.Length, out var length, text));
        return System.Text.Encoding.ASCII.GetString(text, 0, (int)length - 1);
    }

    public void Dispose()
    {
        Forget();
        LightGbm.Check(LightGbm.DatasetFree(dataset));
    }

    static LightGbmModel Fill(nint dataset, float[] target, float[]? weight, double[]? offset)
    {
        LightGbm.Check(LightGbm.DatasetSetField(dataset, "label", target, target.Length, LightGbm.Float32));
        if (weight is not null)
            LightGbm.Check(LightGbm.DatasetSetField(dataset, "weight", weight, weight.Length, LightGbm.Float32));
        if (offset is not null)
            LightGbm.Check(LightGbm.DatasetSetField(dataset, "init_score", offset, offset.Length, LightGbm.Float64));
        return new(dataset, target.Length);
    }

    void Forget()
    {
        if (booster != 0)
            LightGbm.Check(LightGbm.BoosterFree(booster));
        booster = 0;
    }
}
