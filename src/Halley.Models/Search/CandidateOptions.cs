namespace Halley.Models;

/// <summary>How candidates of bands and interactions are found and judged.</summary>
public sealed record CandidateOptions
{
    /// <summary>Columns to look at beside the model's own features. Default: none.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>Share of the learn rows that candidates are judged on; neither guide nor candidates learn from them. Range (0, 0.9]. Default 0.3.</summary>
    public double HeldOutShare { get; init; } = 0.3;

    /// <summary>Pairs to judge, those first that the guide uses most. Range 1 to 100. Default 10.</summary>
    public int Pairs { get; init; } = 10;

    /// <summary>Bands of a number at most. Range 2 to 20. Default 8.</summary>
    public int MaximumBands { get; init; } = 8;

    /// <summary>Trees of each guide. Range 1 to 2,000. Default 150.</summary>
    public int GuideRounds { get; init; } = 150;

    /// <summary>Threads; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="HalleyException">HLY3464: lists all problems.</exception>
    internal void Validate()
    {
        var problems = new List<string>();
        if (!(HeldOutShare is > 0 and <= 0.9))
            problems.Add("the held-out share is above 0 and at most 0.9");
        if (Pairs is < 1 or > 100)
            problems.Add("pairs are 1 to 100");
        if (MaximumBands is < 2 or > 20)
            problems.Add("bands are 2 to 20");
        if (GuideRounds is < 1 or > 2000)
            problems.Add("rounds of the guide are 1 to 2000");
        if (problems.Count > 0)
            throw new HalleyException("HLY3464", $"candidates can't be looked for: {string.Join("; ", problems)}.");
    }
}
