namespace Halley.Glm;

/// <summary>How a penalised term's coefficients stand to the model's columns, and what holds them.</summary>
/// <param name="Map">
/// Coefficients that score from the model's: shape (scoring × columns), row by row. A direction that the constant has already is left
/// out of the columns. Empty where they are the same. Of one curve, where levels have one each.
/// </param>
/// <param name="CurveWidth">Number of the model's columns in one curve.</param>
/// <param name="Penalties">Over the model's columns of one curve: of a surface one for each margin, which may share columns.</param>
sealed record SmoothColumns(double[] Map, int CurveWidth, IReadOnlyList<CurvePenalty> Penalties)
{
    /// <summary>One penalty.</summary>
    internal SmoothColumns(double[] map, double[] penalty, int rank, double? lambda)
        : this(map, (int)Math.Round(Math.Sqrt(penalty.Length)), [new(penalty, rank, lambda)]) { }

    /// <summary>
    /// Levels that have a curve each, as places of curves in their order; −1 for a level that has none. One curve: [0]. Where curves multiply
    /// several columns of numbers: (level, column), the level slowest.
    /// </summary>
    internal int[] Curves { get; init; } = [0];

    /// <summary>Of a surface or a curve that multiplies numbers: the combinations of bins that rows are summed by; null for one covariate.</summary>
    internal JointBins? Joint { get; init; }

    /// <summary>Bins of one covariate at most.</summary>
    internal int BinLimit => Joint?.Limit ?? Bins.Limit;

    /// <summary>Number of the model's columns.</summary>
    internal int Width => CurveWidth * CurveCount;

    internal int CurveCount => Curves.Max() + 1;

    /// <summary>Coefficients that score: those of the levels one after the other.</summary>
    internal double[] Scoring(ReadOnlySpan<double> model)
    {
        if (Map.Length == 0)
            return model.ToArray();
        var own = Map.Length / CurveWidth;
        var scoring = new double[own * Curves.Length];
        for (var level = 0; level < Curves.Length; level++)
        {
            if (Curves[level] < 0)
                continue;
            var curve = model.Slice(Curves[level] * CurveWidth, CurveWidth);
            for (var i = 0; i < own; i++)
                scoring[level * own + i] = Kernels.Reduce.Dot(Map.AsSpan(i * CurveWidth, CurveWidth), curve);
        }
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

    /// <summary>The same columns turned to the directions of the penalty, those without penalty last: S is diagonal, with zeros that are exact.</summary>
    /// <remarks>
    /// A curve that is all but straight has a weight so large that the rounding of S in its free directions would weigh more than the rows.
    /// </remarks>
    internal SmoothColumns Turned()
    {
        var (p, own) = (CurveWidth, Map.Length / CurveWidth);
        var (only, rank) = (Penalties[0], Penalties[0].Rank);
        var (values, vectors) = SymmetricEigen.Of(only.Matrix, p);
        var (map, penalty) = (new double[Map.Length], new double[p * p]);
        for (var j = 0; j < p; j++)
        {
            for (var i = 0; i < own; i++)
                map[i * p + j] = Kernels.Reduce.Dot(Map.AsSpan(i * p, p), vectors.AsSpan(j * p, p));
            penalty[j * (p + 1)] = j < rank ? values[j] : 0;
        }
        return this with { Map = map, Penalties = [only with { Matrix = penalty }] };
    }
}
