namespace Halley.Registry;

/// <summary>What a record of the decision log says. The numbers are part of the chain's format.</summary>
public enum RecordKind
{
    /// <summary>A decision that was served.</summary>
    Decision = 1,

    /// <summary>What a shadow would have answered.</summary>
    Shadow = 2,

    /// <summary>What became of a decision.</summary>
    Outcome = 3,

    /// <summary>Which personal parts were erased, by whom and why.</summary>
    Erasure = 4,
}
