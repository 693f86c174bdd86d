using System.IO.Compression;

namespace Halley.Sources.Reading;

/// <summary>Finds out whether the numbers of a CSV file have a decimal comma.</summary>
static class CsvDecimal
{
    const int HeadBytes = 1 << 18;

    /// <summary>
    /// A comma where semicolons separate the fields and the first rows have more columns of numbers by it than by the point, losing none;
    /// else the point.
    /// </summary>
    /// <remarks>A file that can't be read is left to the reader, which says why.</remarks>
    public static char Of(string path, char separator)
    {
        if (separator != ';')
            return '.';
        try
        {
            var head = Head(path);
            var (byPoint, byComma) = (NumbersOf(head, path, '.'), NumbersOf(head, path, ','));
            return byComma.Count > byPoint.Count && byPoint.IsSubsetOf(byComma) ? ',' : '.';
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or InvalidDataException or HalleyException)
        {
            return '.';
        }
    }

    static HashSet<string> NumbersOf(byte[] head, string path, char mark)
    {
        using var stream = new MemoryStream(head);
        var schema = CsvReader.Infer(stream, path, new() { Separator = ';', DecimalMark = mark }).Schema;
        var numbers = schema.Fields.Where(field => field.Kind is FieldKind.Number or FieldKind.Exposure);
        return [.. numbers.Select(field => field.Name)];
    }

    /// <summary>The first lines that are whole.</summary>
    static byte[] Head(string path)
    {
        using var file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : new BufferedStream(file);
        var head = new byte[HeadBytes];
        var read = content.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        var length = read < HeadBytes ? read : Array.LastIndexOf(head, (byte)'\n') + 1;
        return head[..length];
    }
}
