using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Numbers of the random streams, two a round, so that no two uses share draws.</summary>
static class SamplingStreams
{
    internal static ulong Rows(ulong round) => 2 * round;

    internal static ulong Columns(ulong round) => 2 * round + 1;

    /// <summary>Draws of features for one node of a round's tree.</summary>
    internal static ulong Node(ulong round, int node) => CounterRandom.Bits(round, 0x6e6f6465, (ulong)node);

    /// <summary>Draws of the trees that a round drops.</summary>
    internal static ulong Drops(ulong round) => CounterRandom.Bits(round, 0x64726f7073, 0);

    /// <summary>Draws of features for one level of a round's tree.</summary>
    internal static ulong Level(ulong round, int depth) => CounterRandom.Bits(round, 0x6c6576656c, (ulong)depth);

    /// <summary>Which of some orders of rows a round is grown on.</summary>
    internal static int Order(ulong seed, int round, int count) =>
        count == 1 ? 0 : CounterRandom.Integer(seed, 0x6f72646572, (ulong)round, count);

    /// <summary>Seed of the rounding of a round's gradients.</summary>
    internal static ulong RoundingSeed(ulong seed, int round) => CounterRandom.Bits(seed, 0x726f756e64, (ulong)round);
}
