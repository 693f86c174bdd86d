using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Halley.Boosting;

/// <summary>A block of <c>key=value</c> lines of a LightGBM file.</summary>
sealed class LightGbmSection(string place)
{
    readonly Dictionary<string, ReadOnlyMemory<byte>> values = new(StringComparer.Ordinal);

    internal string Place => place;

    internal void Add(ReadOnlyMemory<byte> line)
    {
        var equals = line.Span.IndexOf((byte)'=');
        var name = Encoding.UTF8.GetString(equals < 0 ? line.Span : line.Span[..equals]);
        if (!values.TryAdd(name, equals < 0 ? default : line[(equals + 1)..]))
            ForeignErrors.Malformed(place, $"'{DocumentNode.Shortened(name)}' stands twice.");
    }

    internal bool Has(string name) => values.ContainsKey(name);

    internal string Text(string name) => Encoding.UTF8.GetString(Bytes(name).Span).Trim();

    internal string[] Words(string name) => Text(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Number of blanks in a value.</summary>
    internal int Blanks(string name) => Bytes(name).Span.Count((byte)' ');

    internal int Integer(string name, int? otherwise = null)
    {
        if (otherwise is { } value && !Has(name))
            return value;
        return int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ForeignErrors.MalformedAt(place, $"{name} is '{DocumentNode.Shortened(Text(name))}', not a whole number.");
    }

    /// <summary>A list of exactly <paramref name="count"/> whole numbers.</summary>
    internal int[] Whole(string name, int count)
    {
        var result = new int[Known(name, count)];
        var rest = Bytes(name).Span;
        for (var i = 0; i < result.Length; i++)
        {
            rest = rest.TrimStart(" \r"u8);
            if (!Utf8Parser.TryParse(rest, out result[i], out var used) || !Ends(rest, used))
                throw Wrong(name, rest, i, "whole numbers", result.Length);
            rest = rest[used..];
        }
        return rest.Trim(" \r"u8).IsEmpty ? result : throw Wrong(name, rest, result.Length, "whole numbers", result.Length);
    }

    /// <summary>A list of exactly <paramref name="count"/> unsigned 32-bit numbers.</summary>
    internal uint[] Words32(string name, int count)
    {
        var result = new uint[Known(name, count)];
        var rest = Bytes(name).Span;
        for (var i = 0; i < result.Length; i++)
        {
            rest = rest.TrimStart(" \r"u8);
            if (!Utf8Parser.TryParse(rest, out result[i], out var used) || !Ends(rest, used))
                throw Wrong(name, rest, i, "32-bit words", result.Length);
            rest = rest[used..];
        }
        return rest.Trim(" \r"u8).IsEmpty ? result : throw Wrong(name, rest, result.Length, "32-bit words", result.Length);
    }

    /// <summary>A list of exactly <paramref name="count"/> finite numbers.</summary>
    internal double[] Numbers(string name, int count)
    {
        var result = new double[Known(name, count)];
        var rest = Bytes(name).Span;
        for (var i = 0; i < result.Length; i++)
        {
            rest = rest.TrimStart(" \r"u8);
            var end = rest.IndexOf((byte)' ');
            var word = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            if (
                !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out result[i]) || double.IsNaN(result[i])
            )
                throw Wrong(name, rest, i, "numbers", result.Length);
            rest = end < 0 ? default : rest[end..];
        }
        return rest.Trim(" \r"u8).IsEmpty ? result : throw Wrong(name, rest, result.Length, "numbers", result.Length);
    }

    /// <summary>Refuses a count that the bytes of the line can't hold, before memory is taken.</summary>
    int Known(string name, int count) =>
        count <= (Bytes(name).Length + 1) / 2
            ? count
            : throw ForeignErrors.MalformedAt(place, $"{name} holds fewer than the {count} values needed.");

    static bool Ends(ReadOnlySpan<byte> rest, int used) => used == rest.Length || rest[used] is (byte)' ' or (byte)'\r';

    Exception Wrong(string name, ReadOnlySpan<byte> rest, int index, string what, int count)
    {
        var end = rest.IndexOf((byte)' ');
        var word = DocumentNode.Shortened(Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]).Trim());
        return ForeignErrors.MalformedAt(place, $"{name} should hold {count} {what}; entry {index} is '{word}'.");
    }

    ReadOnlyMemory<byte> Bytes(string name) =>
        values.TryGetValue(name, out var value) ? value : throw ForeignErrors.MalformedAt(place, $"there is no '{name}'.");
}
