namespace Halley.Data;

/// <summary>A CSV file on disk, gzip recognised by its first bytes, not by its name.</summary>
sealed class CsvSource : IDisposable
{
    readonly FileStream file;

    CsvSource(FileStream file, Stream content) => (this.file, Content) = (file, content);

    /// <summary>The text's bytes.</summary>
    public Stream Content { get; }

    /// <summary>Share of the file read so far, 0 to 1.</summary>
    public double Fraction => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <exception cref="HalleyException">HLY1125: the file can't be opened.</exception>
    public static CsvSource Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return new(file, isGzip ? new GzipContent(file) : file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HalleyException("HLY1125", $"there is no file '{path}'. Check the path.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HalleyException(
                "HLY1125",
                $"'{path}' can't be opened: {error.Message} Check that it is a file that you may read.",
                FaultKind.Environment,
                error
            );
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        file.Dispose();
    }
}
