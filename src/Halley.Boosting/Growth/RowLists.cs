namespace Halley.Boosting;

/// <summary>Room for the rows of a tree, which the growers of one fit share: a tree's rows are no longer wanted when the next is grown.</summary>
sealed class RowLists(int rowCount)
{
    /// <summary>Shape (n).</summary>
    internal int[] Rows { get; } = new int[rowCount];

    /// <summary>Shape (n).</summary>
    internal int[] Scratch { get; } = new int[rowCount];
}
