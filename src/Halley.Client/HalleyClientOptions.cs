namespace Halley.Client;

/// <summary>Where the decision server is, how long to wait for it, and what to do without it.</summary>
public sealed record HalleyClientOptions
{
    /// <summary>Address of the server, for example <c>https://decisions.example</c>.</summary>
    public Uri? Address { get; set; }

    /// <summary>Key of the caller, sent in the header Halley-Key; null where the server asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Time for one attempt. Above zero. Default 2 s.</summary>
    public TimeSpan AttemptTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Time for all attempts and the pauses between them. At least <see cref="AttemptTime"/>. Default 10 s.</summary>
    public TimeSpan TotalTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts of one request, the first included. Range 1 to 20. Default 4.</summary>
    public int Attempts { get; set; } = 4;

    /// <summary>Pause after the first attempt; each further one is twice as long. Default 50 ms.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Answers a request that the server did not answer in time; null throws <see cref="HalleyUnavailableException"/> instead.
    /// </summary>
    /// <remarks>
    /// It is called only after the last attempt, never for a refused request. The server may have logged the decision all the
    /// same: asking it again later with the key of <see cref="HalleyUnavailableException.Key"/> gives that decision, and no second one.
    /// </remarks>
    public Func<
        string,
        DecisionRequest,
        HalleyUnavailableException,
        CancellationToken,
        ValueTask<DecisionAnswer>
    >? Fallback { get; set; }

    /// <summary>All that is wrong with the options; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            problems.Add($"Address: '{Address}' is no http or https address; give the server's, as https://decisions.example");
        if (AttemptTime <= TimeSpan.Zero)
            problems.Add($"AttemptTime: {AttemptTime} is not above zero");
        if (TotalTime < AttemptTime)
            problems.Add($"TotalTime: {TotalTime} is shorter than AttemptTime, {AttemptTime}");
        if (Attempts is < 1 or > 20)
            problems.Add($"Attempts: {Attempts} is outside 1 to 20");
        if (Pause < TimeSpan.Zero)
            problems.Add($"Pause: {Pause} is below zero");
        return problems;
    }
}
