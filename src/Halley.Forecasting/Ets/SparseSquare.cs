namespace Halley.Forecasting;

/// <summary>A square matrix with few entries.</summary>
sealed class SparseSquare(int size, IReadOnlyList<(int Row, int Column, double Value)> entries)
{
    readonly (int Row, int Column, double Value)[] entries = [.. entries];

    /// <summary>Kronecker product of a sparse (m)(m) and a dense (d)(d) matrix.</summary>
    internal static SparseSquare Product(IEnumerable<(int Row, int Column, double Value)> outer, double[,] inner, int m, int d) =>
        new(
            m * d,
            [
                .. from entry in outer
                from i in Enumerable.Range(0, d)
                from j in Enumerable.Range(0, d)
                where inner[i, j] != 0
                select (entry.Row * d + i, entry.Column * d + j, entry.Value * inner[i, j]),
            ]
        );

    internal static SparseSquare Sum(SparseSquare a, SparseSquare b) => new(a.Size, [.. a.entries, .. b.entries]);

    int Size => size;

    internal double[] Times(double[] x)
    {
        var result = new double[size];
        foreach (var (row, column, value) in entries)
            result[row] += value * x[column];
        return result;
    }

    /// <summary>A·V·Bᵀ with A this matrix.</summary>
    internal double[,] Sandwich(double[,] variance, SparseSquare other)
    {
        var (left, result) = (new double[size, size], new double[size, size]);
        foreach (var (row, column, value) in entries)
            for (var j = 0; j < size; j++)
                left[row, j] += value * variance[column, j];
        foreach (var (row, column, value) in other.entries)
            for (var i = 0; i < size; i++)
                result[i, row] += value * left[i, column];
        return result;
    }
}
