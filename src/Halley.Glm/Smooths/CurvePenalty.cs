namespace Halley.Glm;

/// <summary>β′Sβ over the columns of one curve or surface.</summary>
/// <param name="Matrix">S, positive semi-definite, row by row, shape (columns × columns).</param>
/// <param name="Rank">Rank of S.</param>
/// <param name="Lambda">Weight of the penalty where given; null for REML.</param>
sealed record CurvePenalty(double[] Matrix, int Rank, double? Lambda)
{
    /// <summary>Diagonal of S where it is nothing else, as with all penalties of a surface. Shape (columns); null elsewhere.</summary>
    internal double[]? Diagonal { get; init; }

    /// <summary>Of a surface: largest eigenvalue of the penalty of the margin by itself. 1 elsewhere.</summary>
    internal double Largest { get; init; } = 1;

    /// <summary>A penalty of each column by itself.</summary>
    internal static CurvePenalty Of(double[] diagonal, double? lambda)
    {
        var (size, rank) = (diagonal.Length, diagonal.Count(value => value > 0));
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
            matrix[i * (size + 1)] = diagonal[i];
        return new(matrix, rank, lambda) { Diagonal = diagonal };
    }
}
