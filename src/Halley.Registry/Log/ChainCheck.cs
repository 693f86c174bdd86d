namespace Halley.Registry;

/// <summary>What the verifier found out about one writer's chain.</summary>
/// <param name="Records">Records read, up to the first break.</param>
/// <param name="Proven">Records that the kept head proves.</param>
/// <param name="Beyond">Records after the kept head: whole as a chain, but nothing outside the log vouches for them.</param>
/// <param name="HeadAt">When the head was kept; null where there is none.</param>
/// <param name="Break">The first break, or null.</param>
public sealed record ChainCheck(Guid Writer, long Records, long Proven, long Beyond, DateTimeOffset? HeadAt, LogBreak? Break);
