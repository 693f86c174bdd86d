namespace Halley.Cli;

/// <summary>How every command ends.</summary>
static class ExitStatus
{
    public const int Passed = 0;

    /// <summary>A check, a test or a gate failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>Wrong use or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>The disk, the network or a database.</summary>
    public const int Environment = 3;
}
