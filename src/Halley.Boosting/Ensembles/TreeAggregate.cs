namespace Halley.Boosting;

/// <summary>What is made of the leaves that a row falls into.</summary>
enum TreeAggregate
{
    Sum,

    /// <summary>The smallest leaf.</summary>
    Minimum,

    /// <summary>The largest leaf.</summary>
    Maximum,
}
