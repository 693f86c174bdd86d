namespace Halley.Boosting;

/// <summary>In which order the leaves of a tree are cut.</summary>
public enum GrowthPolicy
{
    /// <summary>The leaf whose cut gains most comes first, wherever it stands.</summary>
    LeafWise,

    /// <summary>Level by level; within a level the leaf whose cut gains most comes first.</summary>
    DepthWise,

    /// <summary>All leaves of a level are cut alike, by the cut that gains most over all of them: every path asks the same questions.</summary>
    Symmetric,
}
