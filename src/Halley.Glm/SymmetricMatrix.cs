namespace Halley.Glm;

/// <summary>A symmetric matrix. Immutable.</summary>
public sealed class SymmetricMatrix
{
    readonly double[] values;

    /// <summary>Wraps (does not copy) values, row by row, shape (size × size).</summary>
    internal SymmetricMatrix(int size, double[] values) => (Size, this.values) = (size, values);

    public int Size { get; }

    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Size, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Size, nameof(column));
            return values[row * Size + column];
        }
    }
}
