using System.Buffers;

namespace Halley.Data;

/// <summary>How one kind of scorer is written into an artefact and read back. Data only: reading can run no code.</summary>
public interface IScorerFormat
{
    /// <summary>Stable name in the artefact, for example <c>halley.glm/1</c>.</summary>
    string Name { get; }

    bool CanWrite(IScorer scorer);

    /// <summary>Writes every double in full.</summary>
    void Write(IScorer scorer, IBufferWriter<byte> destination);

    /// <summary>Reads from a file that is not trusted: sizes, indexes, depths and cycles are checked before use.</summary>
    /// <exception cref="HalleyException">The bytes are not a valid scorer; the message names what is wrong.</exception>
    IScorer Read(ReadOnlyMemory<byte> source);
}
