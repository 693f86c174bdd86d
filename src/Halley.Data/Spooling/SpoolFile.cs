using System.Globalization;

namespace Halley.Data;

/// <summary>A temporary file of bytes that are appended and read again; it is gone when it is disposed, and also when the process is killed.</summary>
public sealed class SpoolFile : IDisposable
{
    readonly FileStream file;
    readonly string folder;

    /// <param name="folder">Where the file is made.</param>
    /// <exception cref="HalleyException">HLY2126: the file can't be made.</exception>
    public SpoolFile(string folder)
    {
        this.folder = folder;
        var path = Path.Combine(folder, $"halley-rows-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1, FileOptions.DeleteOnClose);
            // Outside Windows an open file lives on without its name, so that not even a killed process leaves it behind.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(folder, 0, inner);
        }
    }

    /// <summary>Bytes on disk.</summary>
    public long Length { get; private set; }

    /// <summary>Writes bytes behind all others.</summary>
    /// <returns>Where they begin.</returns>
    /// <exception cref="HalleyException">HLY2126: the disk is full.</exception>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        var start = Length;
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, start);
        }
        catch (IOException inner)
        {
            throw NoRoom(folder, start, inner);
        }
        Length += bytes.Length;
        return start;
    }

    /// <summary>Reads bytes that were appended.</summary>
    public void Read(long start, Span<byte> bytes)
    {
        for (var read = 0; read < bytes.Length; )
        {
            var more = RandomAccess.Read(file.SafeFileHandle, bytes[read..], start + read);
            if (more == 0)
                throw new EndOfStreamException($"a temporary file in '{folder}' was cut short while it was in use.");
            read += more;
        }
    }

    public void Dispose() => file.Dispose();

    internal static HalleyException TooManyRows() =>
        new(
            "HLY2126",
            "there are more than two thousand million rows, which a fit can't count. Sum equal rows first (a rating grid), or take a sample."
        );

    static HalleyException NoRoom(string folder, long written, Exception inner) =>
        new(
            "HLY2126",
            string.Create(
                CultureInfo.InvariantCulture,
                $"rows can't be kept in folder '{folder}' ({written / 1_000_000} MB so far): {inner.Message} "
            ) + "Name a folder with more room.",
            FaultKind.Environment,
            inner
        );
}
