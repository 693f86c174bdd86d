using System.Buffers;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>Tree ensembles as bytes, little-endian, doubles in full.</summary>
/// <remarks>
/// <code>
/// magic i32, version i32, base score f64
/// inputs: count i32; each: kind u8, name, levels (count i32, −1 for none; each text)
/// trees:  count i32; each: index of its root i32
/// sets:   count i32; each: words i32; then all words u64
/// nodes:  count i32; each: value f64, input i32, left i32, set i32, missing left u8, gain f64, cover f64, rows f64
/// text:   length in bytes i32, UTF-8
/// </code>
/// </remarks>
public sealed class TreeEnsembleFormat : IScorerFormat
{
    internal const int Magic = 0x45544c48;
    internal const int Version = 1;

    /// <inheritdoc/>
    public string Name => "halley.trees/1";

    /// <inheritdoc/>
    public bool CanWrite(IScorer scorer) => scorer is TreeEnsemble { IsPlain: true };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The scorer is not a <see cref="TreeEnsemble"/>.</exception>
    public void Write(IScorer scorer, IBufferWriter<byte> destination)
    {
        if (scorer is not TreeEnsemble { IsPlain: true } trees)
            throw new ArgumentException(
                $"only plain tree ensembles can be written, not {scorer?.GetType().Name ?? "null"}.",
                nameof(scorer)
            );
        TreeEnsembleWriter.Write(trees, new(destination));
    }

    /// <inheritdoc/>
    /// <exception cref="HalleyException">HLY2210: the bytes are not a tree ensemble; the message says where and why.</exception>
    public IScorer Read(ReadOnlyMemory<byte> source) => TreeEnsembleReader.Read(source.Span);
}
