namespace Halley.Models.Tests;

/// <summary>A clock that stands still until it is told to go on.</summary>
sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    DateTimeOffset now = now;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
