using System.IO.Compression;

namespace Halley.Sources.Reading;

/// <summary>Finds out what separates the fields of a CSV file.</summary>
static class CsvSeparator
{
    const int LongestHeaderBytes = 1 << 20;

    /// <summary>Of comma, semicolon, tab and bar the one that the first line has most of outside quotes; comma where it has none.</summary>
    /// <remarks>A file that can't be read is left to the reader, which says why.</remarks>
    public static char Of(string path)
    {
        var counts = new int[128];
        try
        {
            using var file = File.OpenRead(path);
            var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using Stream content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : new BufferedStream(file);
            CountFirstLine(content, counts);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return ',';
        }
        return ",;\t|".MaxBy(candidate => counts[candidate]);
    }

    static void CountFirstLine(Stream content, int[] counts)
    {
        var isQuoted = false;
        for (var read = 0; read < LongestHeaderBytes && content.ReadByte() is >= 0 and var next; read++)
        {
            isQuoted ^= next == '"';
            if (isQuoted)
                continue;
            if (next is '\n' or '\r')
                return;
            if (next < counts.Length)
                counts[next]++;
        }
    }
}
