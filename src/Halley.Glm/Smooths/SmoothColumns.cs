namespace Halley.Glm;

/// <summary>How a penalised term's coefficients stand to the model's columns, and what holds them.</summary>
/// <param name="Map">
/// Coefficients that score from the model's: shape (scoring × columns), row by row. A direction that the constant has already is left
/// out of the columns. Empty where they are the same.
/// </param>
/// <param name="Penalty">S over the model's columns, row by row, shape (columns × columns).</param>
/// <param name="Rank">Rank of S.</param>
/// <param name="Lambda">Weight of the penalty where given; null for REML.</param>
sealed record SmoothColumns(double[] Map, double[] Penalty, int Rank, double? Lambda)
{
    /// <summary>Number of the model's columns.</summary>
    internal int Width { get; } = (int)Math.Round(Math.Sqrt(Penalty.Length));

    /// <summary>Coefficients that score.</summary>
    internal double[] Scoring(ReadOnlySpan<double> model)
    {
        if (Map.Length == 0)
            return model.ToArray();
        var scoring = new double[Map.Length / Width];
        for (var i = 0; i < scoring.Length; i++)
            scoring[i] = Kernels.Reduce.Dot(Map.AsSpan(i * Width, Width), model);
        return scoring;
    }

    /// <summary>The same penalty over columns in which a linear form of the scoring coefficients is zero.</summary>
    /// <param name="form">Sums of the scoring columns over the learn rows, shape (scoring).</param>
    /// <param name="penalty">S over the scoring coefficients, shape (scoring × scoring).</param>
    internal static SmoothColumns Centred(double[] form, double[] penalty, int rank, double? lambda)
    {
        var k = form.Length;
        var (directions, _) = NullSpace.Of([form], k);
        var width = directions.Length;
        var (map, reduced) = (new double[k * width], new double[width * width]);
        var image = new double[k];
        for (var j = 0; j < width; j++)
        {
            for (var i = 0; i < k; i++)
            {
                map[i * width + j] = directions[j][i];
                image[i] = Kernels.Reduce.Dot(penalty.AsSpan(i * k, k), directions[j]);
            }
            for (var i = 0; i <= j; i++)
                reduced[i * width + j] = reduced[j * width + i] = Kernels.Reduce.Dot(directions[i], image);
        }
        return new(map, reduced, rank, lambda);
    }
}
