namespace Halley.Decisions;

/// <summary>What answers when a part of a decision fails.</summary>
public enum FallbackKind
{
    /// <summary>The release that was live before.</summary>
    PreviousRelease,

    /// <summary>Formulas and lookup tables over the input fields alone; no model.</summary>
    Table,

    /// <summary>A person: the chain's action, without outputs.</summary>
    Refer,
}
