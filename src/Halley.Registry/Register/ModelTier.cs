namespace Halley.Registry;

/// <summary>How much hangs on a model: it says how often it is reviewed and by whom.</summary>
public enum ModelTier
{
    High,
    Medium,
    Low,
}
