namespace Halley.Boosting;

/// <summary>Numbers of the random streams, two a round, so that no two uses share draws.</summary>
static class SamplingStreams
{
    internal static ulong Rows(ulong round) => 2 * round;

    internal static ulong Columns(ulong round) => 2 * round + 1;
}
