namespace Halley.Boosting;

/// <summary>A node of a tree as the file has it.</summary>
sealed class OnnxTreeNode
{
    internal OnnxBranch Mode { get; init; }

    /// <summary>What is compared.</summary>
    internal OnnxScalar? Column { get; init; }

    internal bool ColumnIsSingle { get; init; }

    internal double Value { get; init; }

    internal double[] Members { get; init; } = [];

    internal int True { get; init; }

    internal int False { get; init; }

    /// <summary>Whether a missing value takes the true branch.</summary>
    internal bool MissingIsTrue { get; init; }

    internal int Id { get; init; }

    /// <summary>Of a leaf: what it adds, by output.</summary>
    internal SortedDictionary<int, double>? Weights { get; set; }
}
