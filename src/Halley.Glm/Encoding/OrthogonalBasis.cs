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

    /// <summary>The basis over an input's values, which are finite and hold more than <paramref name="degree"/> distinct ones.</summary>
    /// <remarks>Two looks at the rows a degree: one for the centre, one for the length.</remarks>
    internal static OrthogonalBasis Over(LearnInputs inputs, int input, int degree, double whenMissing)
    {
        var (centres, norms) = (new double[degree], new double[degree + 1]);
        norms[0] = inputs.RowCount;
        for (var k = 0; k < degree; k++)
        {
            var sum = 0.0;
            ForEach((x, current, _) => sum += x * current * current);
            centres[k] = sum / norms[k];
            ForEach(
                (x, current, before) =>
                {
                    var next = (x - centres[k]) * current - (k == 0 ? 0 : norms[k] / norms[k - 1]) * before;
                    norms[k + 1] += next * next;
                }
            );

            // x with p_k and p_{k−1} there.
            void ForEach(Action<double, double, double> work) =>
                inputs.ForEach(
                    input,
                    (_, slots, _) =>
                    {
                        foreach (var slot in slots)
                        {
                            var x = double.IsNaN(slot) ? whenMissing : slot;
                            var (before, current) = (0.0, 1.0);
                            for (var j = 0; j < k; j++)
                            {
                                var ratio = j == 0 ? 0 : norms[j] / norms[j - 1];
                                (before, current) = (current, (x - centres[j]) * current - ratio * before);
                            }
                            work(x, current, before);
                        }
                    }
                );
        }
        return new(input, centres, norms, whenMissing);
    }
}
