namespace Halley.Registry;

/// <summary>What is being judged: a release for a place in an environment, against what is live there.</summary>
/// <param name="Arms">What is live in the environment now; its champion is what gates compare with.</param>
public sealed record GateSubject(Release Release, string Environment, ReleaseRole Role, LiveArms Arms);
