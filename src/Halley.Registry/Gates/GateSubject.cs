namespace Halley.Registry;

/// <summary>What is being judged: a release for a place in an environment, against what is live there.</summary>
/// <param name="Arms">What is live in the environment now; its champion is what gates compare with.</param>
public sealed record GateSubject(Release Release, string Environment, ReleaseRole Role, LiveArms Arms)
{
    /// <summary>Whether the champion before goes on answering requests that name its schema.</summary>
    public bool KeepsSchema { get; init; }

    /// <summary>What is live once the release has its place; null where that is not known.</summary>
    public LiveArms? After { get; init; }

    /// <summary>The only transaction that the release shall answer; null for every one.</summary>
    public Transaction? Transaction { get; init; }

    /// <summary>The first effective date; null for from now on.</summary>
    public DateOnly? Effective { get; init; }
}
