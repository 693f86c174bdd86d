using System.Buffers;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>Tree ensembles of any kind as bytes, little-endian, doubles in full: those of other libraries too.</summary>
/// <remarks>
/// <code>
/// magic i32, version i32 (2)
/// inputs, as in version 1
/// columns: count i32; each: kind u8 and its members
/// rule:    outputs i32; bases f64; biases f64; sums u8 (1 in 32-bit floats, + 2 smallest leaf, + 4 largest); scale f64; divisor f64; output i32; transform u8; tree outputs (count i32; each i32)
/// trees, sets, nodes, as in version 1
/// linear:  u8, 1 where there is one; what a missing term does u8; constants f64 a node; starts i32 a node and one; columns i32; coefficients f64
/// leaves:  u8, 1 where named; name i32 a node
/// paths:   u8, 1 where weighed by rows
/// </code>
/// </remarks>
public sealed class GeneralTreesFormat : IScorerFormat
{
    internal const int Version = 2;

    /// <inheritdoc/>
    public string Name => "halley.trees/2";

    /// <inheritdoc/>
    public bool CanWrite(IScorer scorer) => scorer is TreeEnsemble;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The scorer is not a <see cref="TreeEnsemble"/>.</exception>
    public void Write(IScorer scorer, IBufferWriter<byte> destination)
    {
        if (scorer is not TreeEnsemble trees)
            throw new ArgumentException(
                $"only tree ensembles can be written, not {scorer?.GetType().Name ?? "null"}.",
                nameof(scorer)
            );
        GeneralTreesWriter.Write(trees, new(destination));
    }

    /// <inheritdoc/>
    /// <exception cref="HalleyException">HLY2210: the bytes are not a tree ensemble; the message says where and why.</exception>
    public IScorer Read(ReadOnlyMemory<byte> source) => GeneralTreesReader.Read(source.Span);
}
