namespace Halley.Forecasting;

/// <summary>Least squares of one-step errors of the values on those of the columns, gathered step by step.</summary>
sealed class WhitenedRegression(int columns)
{
    readonly int size = columns + 1;
    readonly double[] products = new double[(columns + 1) * (columns + 1)];

    internal double[] Coefficients { get; } = new double[columns];

    internal void Clear() => Array.Clear(products);

    /// <summary>Adds one step.</summary>
    /// <param name="errors">Shape (columns + 1): those of the columns, then that of the values.</param>
    internal void Add(ReadOnlySpan<double> errors, double weight)
    {
        for (var i = 0; i < errors.Length; i++)
        {
            var scaled = errors[i] * weight;
            for (var j = 0; j <= i; j++)
                products[i * size + j] += scaled * errors[j];
        }
    }

    /// <summary>Leaves the coefficients and returns what they leave of the sum of squares.</summary>
    internal double Solve()
    {
        // Cholesky of the bordered matrix: its last pivot is the rest.
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = products[i * size + j];
                for (var k = 0; k < j; k++)
                    sum -= products[i * size + k] * products[j * size + k];
                if (j < i)
                    products[i * size + j] = products[j * size + j] > 0 ? sum / products[j * size + j] : 0;
                else if (i < size - 1)
                    products[i * size + i] = Math.Sqrt(Math.Max(0, sum));
                else
                    products[i * size + i] = sum;
            }
        }
        for (var j = columns - 1; j >= 0; j--)
        {
            var sum = products[columns * size + j];
            for (var i = j + 1; i < columns; i++)
                sum -= products[i * size + j] * Coefficients[i];
            Coefficients[j] = products[j * size + j] > 0 ? sum / products[j * size + j] : 0;
        }
        return products[columns * size + columns];
    }
}
