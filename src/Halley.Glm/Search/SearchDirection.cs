namespace Halley.Glm;

/// <summary>What a search may do to a model.</summary>
public enum SearchDirection
{
    /// <summary>Add and drop terms.</summary>
    Both,

    /// <summary>Add terms only.</summary>
    Forward,

    /// <summary>Drop terms only.</summary>
    Backward,
}
