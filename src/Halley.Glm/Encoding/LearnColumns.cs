using Halley.Data;

namespace Halley.Glm;

/// <summary>The learn rows column by column, wherever they are held: in a table, or in chunks outside memory.</summary>
abstract class LearnColumns
{
    internal abstract int RowCount { get; }

    /// <summary>Name, kind and levels of a column. Only those: its rows may be elsewhere.</summary>
    /// <exception cref="HalleyException">HLY1001: there is no such column.</exception>
    internal abstract Column Head(string column);

    /// <summary>Rows without a value.</summary>
    internal abstract int MissingIn(string column);

    /// <summary>First row without a value; −1 where all have one.</summary>
    internal abstract int FirstMissingIn(string column);

    /// <summary>Which codes of a category have rows, shape (levels).</summary>
    internal abstract bool[] UsedCodes(string column);

    /// <summary>The row's place in the data, for messages.</summary>
    internal abstract int OriginalRow(int row);

    /// <summary>slots[i] = value of row start + i; shape (n).</summary>
    internal abstract void Read(string column, int start, Span<double> slots);

    /// <summary>Shows all rows, run after run.</summary>
    internal abstract void ForEach(string column, SlotVisitor visit);

    /// <summary>Shows several columns of all rows at once, run after run.</summary>
    /// <param name="visit">Slots of a run, shape (columns)(capacity), which the visitor may change, and its number of rows.</param>
    internal abstract void ForEach(IReadOnlyList<string> columns, Action<double[][], int> visit);

    /// <summary>The distinct values of a column, rising, where they are known without a look at the rows and few; else null.</summary>
    internal virtual double[]? Distinct(string column) => null;

    /// <summary>The distinct values of a column, counted.</summary>
    internal abstract ValueCounts Counts(string column);
}
