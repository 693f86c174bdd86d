namespace Halley.Boosting;

/// <summary>What a missing value does to the linear model of a leaf.</summary>
enum MissingTerm
{
    /// <summary>The leaf's plain value stands in for the whole model.</summary>
    PlainValue,

    /// <summary>It adds nothing.</summary>
    Zero,

    /// <summary>The result is missing too.</summary>
    Result,
}
