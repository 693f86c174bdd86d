namespace Halley.Boosting;

/// <summary>A node of a tree over values. The two children of a node stand side by side, behind it.</summary>
/// <param name="Value">Of a leaf: what it adds to the score. Of a cut on a number: values up to this go left.</param>
/// <param name="Input">The input that is looked at; −1 in a leaf.</param>
/// <param name="Left">Index of the left child among the ensemble's nodes; the right one follows it. 0 in a leaf.</param>
/// <param name="LevelSet">Of a cut on a category: which set of levels goes left; else −1.</param>
/// <param name="MissingLeft">Where missing values go.</param>
readonly record struct TreeNode(double Value, int Input, int Left, int LevelSet, bool MissingLeft)
{
    internal static TreeNode Leaf(double value) => new(value, -1, 0, -1, false);

    internal bool IsLeaf => Input < 0;
}
