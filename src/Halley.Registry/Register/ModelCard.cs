namespace Halley.Registry;

/// <summary>Who answers for a model, what it is for, and when it is looked at again. The newest card of a model holds; none is ever removed.</summary>
public sealed record ModelCard
{
    /// <summary>Name of the model, of all its versions.</summary>
    public required string Model { get; init; }

    /// <summary>The person or the team that answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>What it is used for, in words.</summary>
    public required string Purpose { get; init; }

    public required ModelTier Tier { get; init; }

    /// <summary>The day by which it is reviewed; one that has passed is an alarm.</summary>
    public required DateOnly NextReview { get; init; }

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What was found at the last review, or why the card changed.</summary>
    public required string Why { get; init; }
}
