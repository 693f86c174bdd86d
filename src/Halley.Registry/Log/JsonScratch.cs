using System.Buffers;
using System.Text.Json;

namespace Halley.Registry;

/// <summary>A thread's own JSON writer with its buffer: making them costs more than most of what is written with them.</summary>
/// <remarks>Good until the thread's next <see cref="Begin"/>; never kept over an await.</remarks>
public sealed class JsonScratch
{
    // A record that needs more is written all the same, but its buffer is not kept.
    const int Kept = 1 << 20;

    [ThreadStatic]
    static JsonScratch? own;

    readonly ArrayBufferWriter<byte> buffer = new(4096);

    JsonScratch() => Writer = new(buffer);

    public Utf8JsonWriter Writer { get; }

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Writer.Flush();
            return buffer.WrittenSpan;
        }
    }

    /// <summary>The calling thread's writer, with nothing written.</summary>
    public static JsonScratch Begin()
    {
        if (own is not { } scratch || scratch.buffer.Capacity > Kept)
            own = scratch = new();
        scratch.buffer.ResetWrittenCount();
        scratch.Writer.Reset();
        return scratch;
    }

    /// <summary>The writer that the calling thread began.</summary>
    internal static JsonScratch Current => own!;

    /// <summary>Ends one JSON text, so that another may follow it; the bytes written so far.</summary>
    public int EndPart()
    {
        Writer.Flush();
        Writer.Reset();
        return buffer.WrittenCount;
    }

    /// <summary>A copy of all that was written.</summary>
    public byte[] ToArray() => Written.ToArray();
}
