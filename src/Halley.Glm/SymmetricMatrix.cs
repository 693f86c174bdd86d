namespace Halley.Glm;

/// <summary>A symmetric matrix. Immutable.</summary>
public sealed class SymmetricMatrix
{
    readonly Func<int, int, double> entry;

    /// <summary>Wraps (does not copy) values, row by row, shape (size × size).</summary>
    internal SymmetricMatrix(int size, double[] values)
        : this(size, (row, column) => values[row * size + column]) { }

    /// <param name="entry">Finds an entry when it is asked for.</param>
    internal SymmetricMatrix(int size, Func<int, int, double> entry) => (Size, this.entry) = (size, entry);

    public int Size { get; }

    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Size, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Size, nameof(column));
            return entry(row, column);
        }
    }
}
