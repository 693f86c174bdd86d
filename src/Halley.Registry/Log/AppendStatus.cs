namespace Halley.Registry;

/// <summary>What became of an append.</summary>
public enum AppendStatus
{
    /// <summary>The decision is durable.</summary>
    Appended,

    /// <summary>The key was used before with the same body: the first decision is the answer.</summary>
    Repeated,

    /// <summary>The key was used before with another body.</summary>
    Conflict,
}
