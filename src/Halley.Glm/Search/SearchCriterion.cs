namespace Halley.Glm;

/// <summary>By what a search judges a term.</summary>
public enum SearchCriterion
{
    /// <summary>Akaike's criterion on the learn rows.</summary>
    Aic,

    /// <summary>Deviance of rows that were held out, fold by fold.</summary>
    HeldOut,
}
