namespace Halley.Boosting;

/// <summary>A node of a tree as a reader found it, in the form in which it is scored.</summary>
struct ForeignNode
{
    /// <summary>Index of the child for rows that the cut sends left; −1 in a leaf.</summary>
    internal int Left;

    internal int Right;

    /// <summary>Input or derived column that is cut.</summary>
    internal int Column;

    /// <summary>Of a cut on a number: values up to this go left. Of a leaf: its value.</summary>
    internal double Value;

    /// <summary>Of a cut on a category: a bit a code, set where it goes left; else null.</summary>
    internal ulong[]? Set;

    internal bool MissingLeft;

    /// <summary>What the library calls a leaf.</summary>
    internal int LeafId;

    internal double Gain;
    internal double Cover;
    internal double Rows;

    /// <summary>Of a leaf with a linear model; else null.</summary>
    internal ForeignLinear? Linear;

    internal readonly bool IsLeaf => Left == -1;

    internal static ForeignNode Leaf(double value, int id) =>
        new()
        {
            Left = -1,
            Right = -1,
            Value = value,
            LeafId = id,
        };
}
