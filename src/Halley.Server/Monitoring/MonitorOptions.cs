namespace Halley.Server;

/// <summary>How a server watches what is live, and how it tells.</summary>
public sealed record MonitorOptions
{
    /// <summary>Time between two looks. Range: above 0. Default 1 hour.</summary>
    public TimeSpan Check { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time after which an alert that was not taken is sent again the first time; it doubles up to an hour. Range: above 0. Default 10 s.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Shared with the webhook's receiver; messages are signed with it. Null: they are not signed.</summary>
    public string? Secret { get; init; }

    /// <summary>What HALLEY_WEBHOOK_SECRET says.</summary>
    public static MonitorOptions FromEnvironment() =>
        new() { Secret = Environment.GetEnvironmentVariable("HALLEY_WEBHOOK_SECRET") is { Length: > 0 } value ? value : null };

    internal IEnumerable<string> Validate()
    {
        if (Check <= TimeSpan.Zero)
            yield return $"a look at the monitor every {Check} is not possible; it must be above zero.";
        if (Retry <= TimeSpan.Zero)
            yield return $"sending alerts again after {Retry} is not possible; it must be above zero.";
    }
}
