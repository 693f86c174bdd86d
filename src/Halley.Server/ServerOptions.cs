using Halley.Registry;

namespace Halley.Server;

/// <summary>Settings of a decision server.</summary>
public sealed record ServerOptions
{
    /// <summary>Folder of the registry and the log.</summary>
    public required string Store { get; init; }

    /// <summary>What of the store lies elsewhere. Default: nothing.</summary>
    public StorePlaces Places { get; init; } = new();

    /// <summary>Environment whose live releases answer.</summary>
    public required string Environment { get; init; }

    /// <summary>Address to listen on. Default: loopback, port 5480.</summary>
    public string Address { get; init; } = "http://127.0.0.1:5480";

    /// <summary>Largest body of a request, bytes. Range from 1,024. Default 1 MB.</summary>
    public int MaximumBodyBytes { get; init; } = 1_048_576;

    /// <summary>Deepest nesting of a request's JSON. Range 4 to 64. Default 32.</summary>
    public int MaximumDepth { get; init; } = 32;

    /// <summary>Most rows of a request for plain scores. Range from 1. Default 10,000.</summary>
    public int MaximumRows { get; init; } = 10_000;

    /// <summary>Requests that may wait for their shadows; beyond them shadows are left out and counted. Range from 1. Default 4,096.</summary>
    public int ShadowQueue { get; init; } = 4_096;

    /// <summary>How often the server looks for a promotion. Range: above 0. Default 0.5 s.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often the server looks at canaries and their guards. Range: above 0. Default 10 s.</summary>
    public TimeSpan CanaryCheck { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How what is live is watched, and how alarms are told. Default: each hour, unsigned.</summary>
    public MonitorOptions Monitoring { get; init; } = new();

    /// <summary>Who may do what. Default: whoever reaches the address may do all.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>How the server meets the network: its end, limits and encryption.</summary>
    public HostingOptions Hosting { get; init; } = new();

    /// <summary>Whether requests and outcomes are generated; every record and figure then says so. Default false.</summary>
    public bool Simulated { get; init; }

    /// <summary>Every problem with these settings, each a sentence.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            problems.Add($"the address '{Address}' is not of the form http://host:port.");
        if (MaximumBodyBytes < 1024)
            problems.Add($"a body of {MaximumBodyBytes} bytes at most is too small; 1,024 is the least.");
        if (MaximumDepth is < 4 or > 64)
            problems.Add($"a depth of {MaximumDepth} is not possible; it must lie in 4 to 64.");
        if (MaximumRows < 1)
            problems.Add($"{MaximumRows} rows a request at most leave none; 1 is the least.");
        if (ShadowQueue < 1)
            problems.Add($"a shadow queue of {ShadowQueue} can hold nothing; 1 is the least.");
        if (Refresh <= TimeSpan.Zero)
            problems.Add($"a refresh every {Refresh} is not possible; it must be above zero.");
        if (CanaryCheck <= TimeSpan.Zero)
            problems.Add($"a look at canaries every {CanaryCheck} is not possible; it must be above zero.");
        problems.AddRange(Monitoring.Validate());
        problems.AddRange(Access.Validate());
        problems.AddRange(Hosting.Validate(Address));
        return problems;
    }
}
