using System.Buffers;

namespace Halley.Data;

/// <summary>NaN, Infinity and −Infinity written bare, as Python's and JavaScript's habits have it: no JSON, but common.</summary>
public static class NonFiniteLiterals
{
    /// <summary>The text with each bare NaN, Infinity and -Infinity put in quotes; null where there is none.</summary>
    /// <remarks>So quoted, a reader can name the field that holds it, instead of failing at a byte position.</remarks>
    public static byte[]? Quote(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte>? quoted = null;
        var copied = 0;
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"')
                inText = !inText;
            else if (inText && json[i] == '\\')
                i++;
            else if (!inText && LengthAt(json[i..]) is var length and > 0)
            {
                quoted ??= new(json.Length + 16);
                quoted.Write(json[copied..i]);
                quoted.Write("\""u8);
                quoted.Write(json.Slice(i, length));
                quoted.Write("\""u8);
                copied = i + length;
                i = copied - 1;
            }
        }
        quoted?.Write(json[copied..]);
        return quoted?.WrittenSpan.ToArray();
    }

    static int LengthAt(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3
        : text.StartsWith("Infinity"u8) ? 8
        : text.StartsWith("-Infinity"u8) ? 9
        : 0;
}
