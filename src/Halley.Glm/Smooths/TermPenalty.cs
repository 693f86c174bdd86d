namespace Halley.Glm;

/// <summary>λ·β′Sβ, added to the deviance, on consecutive full columns of one term.</summary>
/// <param name="Term">Index of the term.</param>
/// <param name="Start">First full column.</param>
/// <param name="Matrix">S, positive semi-definite, row by row, shape (size × size).</param>
/// <param name="Rank">Rank of S.</param>
/// <param name="Lambda">Where given; null to have it chosen by REML.</param>
sealed record TermPenalty(int Term, int Start, double[] Matrix, int Rank, double? Lambda)
{
    /// <summary>Diagonal of S where it is nothing else and other penalties may share the columns. Shape (size); null elsewhere.</summary>
    internal double[]? Diagonal { get; init; }

    /// <summary>Place of the curve that it holds, by level and column of numbers; null for a term of one curve.</summary>
    internal int? Cell { get; init; }

    /// <summary>Number of columns.</summary>
    internal int Size { get; } = (int)Math.Round(Math.Sqrt(Matrix.Length));

    /// <summary>β′Sβ.</summary>
    /// <param name="beta">Shape (full columns).</param>
    internal double Form(ReadOnlySpan<double> beta)
    {
        var own = beta.Slice(Start, Size);
        var sum = 0.0;
        for (var i = 0; i < Size; i++)
            sum += own[i] * Kernels.Reduce.Dot(Matrix.AsSpan(i * Size, Size), own);
        return sum;
    }
}
