namespace Halley.Glm;

/// <summary>Which strength of the path becomes the model, judged on rows that were not fitted.</summary>
public enum StrengthChoice
{
    /// <summary>The one with the least held-out deviance.</summary>
    Best,

    /// <summary>The greatest one whose held-out deviance is within a standard error of the least: a simpler model that is not known to be worse.</summary>
    OneStandardError,
}
