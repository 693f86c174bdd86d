using System.IO.Compression;
using System.Text;

namespace Halley.Sources.Reading;

/// <summary>First line of a CSV file: its separator and column names.</summary>
/// <param name="Separator">The one of comma, semicolon, tab and bar that occurs most often outside quotes.</param>
sealed record CsvHeader(char Separator, IReadOnlyList<string> Names)
{
    const int LongestHeaderBytes = 1 << 20;

    /// <exception cref="HalleyException">HLY1503 empty, HLY1505 names missing or repeated, HLY1506 not UTF-8, HLY1510 unreadable.</exception>
    public static CsvHeader Read(string path)
    {
        var line = ReadLine(path);
        if (string.IsNullOrWhiteSpace(line))
            throw SourceErrors.Empty(path);
        var separator = SeparatorOf(line);
        var names = Split(line, separator);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0)
                throw SourceErrors.BadHeader(path, $"column {i + 1} has no name");
            // DuckDB's names ignore case, and two columns that differ in case alone are a trap for people too.
            if (names.FindIndex(name => name.Equals(names[i], StringComparison.OrdinalIgnoreCase)) < i)
                throw SourceErrors.BadHeader(path, $"two columns are named '{names[i]}'");
        }
        return new(separator, names);
    }

    static string ReadLine(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream stream = FileFormats.IsGzip(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
            var bytes = new List<byte>(1024);
            var isQuoted = false;
            for (int next; (next = stream.ReadByte()) >= 0; bytes.Add((byte)next))
            {
                if (bytes.Count == LongestHeaderBytes)
                    throw SourceErrors.BadHeader(path, "no line ends within the first 1,048,576 bytes");
                if (next == '"')
                    isQuoted = !isQuoted;
                if (next is '\n' or '\r' && !isQuoted)
                    break;
            }
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException inner)
        {
            throw new HalleyException(
                "HLY1506",
                $"'{path}', line 1: the text is not UTF-8. Convert the file, for example with 'iconv -f ISO-8859-1 -t UTF-8'.",
                inner: inner
            );
        }
        catch (InvalidDataException inner)
        {
            throw new HalleyException(
                "HLY1510",
                $"'{path}' is not a valid gzip file. Compress it again, or drop '.gz' from its name.",
                inner: inner
            );
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.Unreadable(path, inner);
        }
    }

    static char SeparatorOf(string line)
    {
        const string candidates = ",;\t|";
        var counts = new int[candidates.Length];
        var isQuoted = false;
        foreach (var c in line)
        {
            isQuoted ^= c == '"';
            if (!isQuoted && candidates.IndexOf(c, StringComparison.Ordinal) is var found and >= 0)
                counts[found]++;
        }
        return candidates[Array.IndexOf(counts, counts.Max())];
    }

    /// <summary>Fields of a line; a doubled quote inside quotes is one quote (RFC 4180).</summary>
    static List<string> Split(string line, char separator)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[i++]);
            else if (line[i] == '"')
                isQuoted = !isQuoted;
            else if (line[i] == separator && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
