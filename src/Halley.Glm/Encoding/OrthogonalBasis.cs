namespace Halley.Glm;

/// <summary>Polynomials p₁ … p_d orthonormal over the learn rows, and orthogonal to the constant.</summary>
/// <remarks>
/// p₀ = 1, p₁ = x − α₁, p_{k+1} = (x − α_{k+1})·p_k − (‖p_k‖²/‖p_{k−1}‖²)·p_{k−1}; column k is p_k/‖p_k‖. The same basis and
/// signs as R's <c>poly</c>. Source: Kennedy and Gentle (1980), Statistical Computing, 343–344.
/// </remarks>
/// <param name="centres">α₁ … α_d.</param>
/// <param name="squaredNorms">‖p₀‖² … ‖p_d‖², shape (d + 1), positive.</param>
sealed class OrthogonalBasis(int input, double[] centres, double[] squaredNorms, double whenMissing)
    : NumberBasis(input, centres.Length, whenMissing)
{
    internal ReadOnlySpan<double> Centres => centres;

    internal ReadOnlySpan<double> SquaredNorms => squaredNorms;

    internal override string ColumnName(int column, string termName, string inputName) => $"{termName}{column + 1}";

    private protected override void Transform(Span<double> columns, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var x = columns[i];
            var (before, current) = (1.0, x - centres[0]);
            for (var k = 0; k < Width; k++)
            {
                columns[k * n + i] = current / Math.Sqrt(squaredNorms[k + 1]);
                if (k + 1 == Width)
                    break;
                var next = (x - centres[k + 1]) * current - squaredNorms[k + 1] / squaredNorms[k] * before;
                (before, current) = (current, next);
            }
        }
    }

    /// <summary>The basis over the given values, shape (n), which are finite and hold more than <paramref name="degree"/> distinct ones.</summary>
    internal static OrthogonalBasis Over(int input, ReadOnlySpan<double> values, int degree, double whenMissing)
    {
        var (centres, norms) = (new double[degree], new double[degree + 1]);
        norms[0] = values.Length;
        var (before, current) = (new double[values.Length], new double[values.Length]);
        Array.Fill(current, 1);
        for (var k = 0; k < degree; k++)
        {
            centres[k] = Centre(values, current, norms[k]);
            var ratio = k == 0 ? 0 : norms[k] / norms[k - 1];
            for (var i = 0; i < values.Length; i++)
            {
                var next = (values[i] - centres[k]) * current[i] - ratio * before[i];
                (before[i], current[i]) = (current[i], next);
                norms[k + 1] += next * next;
            }
        }
        return new(input, centres, norms, whenMissing);
    }

    static double Centre(ReadOnlySpan<double> values, double[] polynomial, double squaredNorm)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += values[i] * polynomial[i] * polynomial[i];
        return sum / squaredNorm;
    }
}
