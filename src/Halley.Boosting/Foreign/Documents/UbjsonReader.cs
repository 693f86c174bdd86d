using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Halley.Boosting;

/// <summary>UBJSON (draft 12, with typed and counted containers) as a <see cref="DocumentNode"/>. At most 64 deep.</summary>
/// <remarks>Nothing is allocated by a declared size before that many bytes are known to be there. Source: ubjson.org.</remarks>
ref struct UbjsonReader
{
    const int MaximumDepth = 64;

    readonly ReadOnlySpan<byte> source;
    int position;

    UbjsonReader(ReadOnlySpan<byte> source) => this.source = source;

    internal static DocumentNode Read(ReadOnlySpan<byte> source)
    {
        var reader = new UbjsonReader(source);
        var root = reader.ReadValue(reader.ReadMarker(), "document", 0);
        if (reader.position < source.Length)
            throw reader.Fault($"{source.Length - reader.position} bytes follow the end of the document.");
        return root;
    }

    readonly Exception Fault(FormattableString problem) => ForeignErrors.MalformedAt($"byte {position}", problem);

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > source.Length - position)
            throw Fault($"{count} bytes are needed, and {source.Length - position} are left.");
        position += count;
        return source.Slice(position - count, count);
    }

    char ReadMarker()
    {
        var marker = (char)Take(1)[0];
        while (marker == 'N')
            marker = (char)Take(1)[0];
        return marker;
    }

    readonly char PeekMarker() => position < source.Length ? (char)source[position] : throw Fault($"the file ends here.");

    DocumentNode ReadValue(char marker, string path, int depth)
    {
        if (depth > MaximumDepth)
            throw Fault($"the document is nested deeper than {MaximumDepth}.");
        return marker switch
        {
            '{' => ReadObject(path, depth),
            '[' => ReadArray(path, depth),
            'S' => new(path) { TextValue = ReadText(ReadLength(ReadMarker())) },
            'C' => new(path) { TextValue = ((char)Take(1)[0]).ToString() },
            'H' => new(path) { TextValue = ReadText(ReadLength(ReadMarker())) },
            'T' => new(path) { NumberValue = 1 },
            'F' => new(path) { NumberValue = 0 },
            'Z' => new(path),
            _ => new(path) { NumberValue = ReadNumber(marker) },
        };
    }

    readonly int SizeOf(char marker) =>
        marker switch
        {
            'i' or 'U' => 1,
            'I' => 2,
            'l' or 'd' => 4,
            'L' or 'D' => 8,
            _ => throw Fault(
                $"the type marker is '{(marker is >= ' ' and < (char)127 ? marker : '?')}' ({(int)marker}), which is not known."
            ),
        };

    double ReadNumber(char marker)
    {
        var bytes = Take(SizeOf(marker));
        return marker switch
        {
            'i' => (sbyte)bytes[0],
            'U' => bytes[0],
            'I' => BinaryPrimitives.ReadInt16BigEndian(bytes),
            'l' => BinaryPrimitives.ReadInt32BigEndian(bytes),
            'L' => BinaryPrimitives.ReadInt64BigEndian(bytes),
            'd' => BinaryPrimitives.ReadSingleBigEndian(bytes),
            _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        };
    }

    /// <summary>A declared length; an item takes at least <paramref name="itemBytes"/>.</summary>
    int ReadLength(char marker, int itemBytes = 1)
    {
        if (marker is not ('i' or 'U' or 'I' or 'l' or 'L'))
            throw Fault($"a length has the type marker {(int)marker}, which is no whole number.");
        var length = ReadNumber(marker);
        if (length < 0 || length * itemBytes > source.Length - position)
            throw Fault($"a length of {length} is declared, and {source.Length - position} bytes are left.");
        return (int)length;
    }

    string ReadText(int length)
    {
        var bytes = Take(length);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Fault($"a text is not UTF-8.");
    }

    /// <summary>The optional type and count at the start of a container.</summary>
    (char? Type, int? Count) ReadHeader(int itemBytes)
    {
        char? type = null;
        if (PeekMarker() == '$')
        {
            position++;
            type = (char)Take(1)[0];
            itemBytes = type is '{' or '[' or 'S' or 'C' or 'H' or 'T' or 'F' or 'Z' ? 1 : SizeOf(type.Value);
            if (PeekMarker() != '#')
                throw Fault($"a typed container has no count.");
        }
        if (PeekMarker() != '#')
            return (type, null);
        position++;
        return (type, ReadLength(ReadMarker(), itemBytes));
    }

    DocumentNode ReadObject(string path, int depth)
    {
        var (type, count) = ReadHeader(2);
        var members = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        for (var i = 0; count is null || i < count; i++)
        {
            var marker = ReadMarker();
            if (count is null && marker == '}')
                break;
            var name = ReadText(ReadLength(marker));
            var value = ReadValue(type ?? ReadMarker(), path == "document" ? name : path + "." + name, depth + 1);
            if (!members.TryAdd(name, value))
                throw Fault($"'{DocumentNode.Shortened(name)}' stands twice in {path}.");
        }
        return new(path) { Members = members };
    }

    DocumentNode ReadArray(string path, int depth)
    {
        var (type, count) = ReadHeader(1);
        if (type is 'i' or 'U' or 'I' or 'l' or 'L' or 'd' or 'D')
        {
            var numbers = new double[count!.Value];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = ReadNumber(type.Value);
            return new(path) { NumberItems = numbers };
        }
        var items = new List<DocumentNode>();
        for (var i = 0; count is null || i < count; i++)
        {
            var marker = type ?? ReadMarker();
            if (count is null && marker == ']')
                break;
            items.Add(ReadValue(marker, $"{path}[{i}]", depth + 1));
        }
        return items.Count > 0 && items.TrueForAll(item => item.NumberValue is not null)
            ? new(path) { NumberItems = [.. items.Select(item => item.NumberValue!.Value)] }
            : new(path) { Items = items };
    }
}
