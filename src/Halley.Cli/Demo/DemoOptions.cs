namespace Halley.Cli;

/// <summary>What the demo shall do.</summary>
sealed record DemoOptions
{
    /// <summary>Folder with the user's own <c>data.yaml</c>; null to generate a portfolio.</summary>
    public string? Data { get; init; }

    /// <summary>Policies to generate. Range 10,000 to 10,000,000. Default 100,000.</summary>
    public int Policies { get; init; } = 100_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>Generated quotes to play against the live server.</summary>
    public int Quotes { get; init; } = 4_000;

    /// <summary>Generated claims to play against the live server.</summary>
    public int Claims { get; init; } = 1_500;

    /// <summary>Held-out rows of the user's data to play against the live server, for each decision.</summary>
    public int Records { get; init; } = 2_000;

    /// <summary>Events that the shadow sees in staging, of each kind.</summary>
    public int StagingEvents { get; init; } = 400;

    /// <summary>Folder of the demo's project; it is emptied first.</summary>
    public required string Folder { get; init; }

    /// <summary>Address of the live server.</summary>
    public required string Address { get; init; }
}
