namespace Halley.Glm;

/// <summary>Turns one input's numbers into columns of the design. Immutable; the same code runs in fitting and in scoring.</summary>
/// <param name="whenMissing">Put in place of NaN; NaN to leave it.</param>
abstract class NumberBasis(int input, int width, double whenMissing)
{
    /// <summary>Index among the scorer's inputs.</summary>
    internal int Input { get; } = input;

    /// <summary>Number of columns.</summary>
    internal int Width { get; } = width;

    internal double WhenMissing { get; } = whenMissing;

    /// <summary>Writes the columns, shape (<see cref="Width"/> × n), one after the other.</summary>
    /// <param name="slots">Shape (n).</param>
    internal void Evaluate(ReadOnlySpan<double> slots, Span<double> columns)
    {
        var first = columns[..slots.Length];
        slots.CopyTo(first);
        if (!double.IsNaN(WhenMissing))
        {
            foreach (ref var value in first)
                value = double.IsNaN(value) ? WhenMissing : value;
        }
        Transform(columns[..(Width * slots.Length)], slots.Length);
    }

    /// <summary>Writes the columns of one row, shape (<see cref="Width"/>), with the bits of <see cref="Evaluate"/>.</summary>
    internal void EvaluateOne(double slot, Span<double> columns)
    {
        columns[0] = double.IsNaN(slot) ? WhenMissing : slot;
        TransformOne(columns[..Width]);
    }

    /// <summary>Name of a column, 0 to <see cref="Width"/> − 1.</summary>
    internal abstract string ColumnName(int column, string termName, string inputName);

    /// <summary>Turns x, in the first n values, into all columns.</summary>
    private protected abstract void Transform(Span<double> columns, int n);

    /// <summary>Turns x, in the first value, into all columns.</summary>
    private protected virtual void TransformOne(Span<double> columns) => Transform(columns, 1);
}
