using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>Independent random streams: one for each purpose and index, so that nothing depends on the order of work.</summary>
static class Streams
{
    public static DeterministicRandom Contract(ulong seed, long index) => Of(seed, 1, index);

    public static DeterministicRandom Customer(ulong seed, long index) => Of(seed, 2, index);

    public static DeterministicRandom Quote(ulong seed, long index) => Of(seed, 3, index);

    public static DeterministicRandom LiveQuote(ulong seed, long index) => Of(seed, 4, index);

    public static DeterministicRandom LiveClaim(ulong seed, long index) => Of(seed, 5, index);

    static DeterministicRandom Of(ulong seed, ulong purpose, long index) =>
        CounterRandom.Generator(seed, (purpose << 56) | (ulong)index);
}
