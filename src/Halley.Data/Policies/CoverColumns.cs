namespace Halley.Data;

/// <summary>Which columns of a table of covers say whose they are and when they run.</summary>
public sealed record CoverColumns
{
    /// <summary>Columns that together name the policy, for example policy and vehicle.</summary>
    public required IReadOnlyList<string> Policy { get; init; }

    /// <summary>Date column: the first day of cover.</summary>
    public required string Start { get; init; }

    /// <summary>Date column: the day after the last, or the last day itself if <see cref="EndIncluded"/>.</summary>
    public required string End { get; init; }

    /// <summary>Whether the end date is still covered. Default false.</summary>
    public bool EndIncluded { get; init; }

    /// <summary>Exposure column; null to make one from the days, under the name <c>Exposure</c>.</summary>
    public string? Exposure { get; init; }

    /// <summary>Number columns that are earned evenly over the cover, such as premium: added up in merging, shared by days in splitting.</summary>
    public IReadOnlyList<string> Earned { get; init; } = [];

    /// <summary>Days in a year at risk where <see cref="Exposure"/> is null. Above 0. Default 365.25.</summary>
    public double DaysPerYear { get; init; } = 365.25;
}
