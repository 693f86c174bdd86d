namespace Halley.Cli.Tests;

/// <summary>A clock by which every look takes ten seconds, so that all work is long.</summary>
sealed class HastyClock : TimeProvider
{
    long looks;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Add(ref looks, 10);
}
