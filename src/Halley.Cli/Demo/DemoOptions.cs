namespace Halley.Cli;

/// <summary>What the demo shall do.</summary>
sealed record DemoOptions
{
    /// <summary>Policies to generate. Range 10,000 to 10,000,000. Default 100,000.</summary>
    public int Policies { get; init; } = 100_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>Quotes to play against the live server.</summary>
    public int Quotes { get; init; } = 4_000;

    /// <summary>Claims to play against the live server.</summary>
    public int Claims { get; init; } = 1_500;

    /// <summary>Events that the shadow sees in staging, of each kind.</summary>
    public int StagingEvents { get; init; } = 400;

    /// <summary>Folder of the demo's project; it is emptied first.</summary>
    public required string Folder { get; init; }

    /// <summary>Address of the live server.</summary>
    public required string Address { get; init; }
}
