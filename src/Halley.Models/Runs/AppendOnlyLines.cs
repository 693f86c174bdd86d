using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Halley.Models;

/// <summary>A text file of lines that is only ever added to, by one process at a time, and survives a crash in the middle of a line.</summary>
/// <remarks>
/// A line counts from its final line feed on. A process that dies while appending leaves a torn last line; the next append sets it aside
/// in <c>FILE.torn</c> before it writes, and readers pass over it.
/// </remarks>
/// <param name="path">The file; its lock is <c>FILE.lock</c>.</param>
/// <param name="lockPatience">How long to wait for another process; default 10 seconds.</param>
sealed class AppendOnlyLines(string path, TimeSpan? lockPatience = null)
{
    const byte LineFeed = (byte)'\n';
    static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    readonly TimeSpan patience = lockPatience ?? TimeSpan.FromSeconds(10);

    public string Path { get; } = path;

    string TornPath => Path + ".torn";

    /// <summary>The complete lines, oldest first; none where there is no file yet.</summary>
    public IReadOnlyList<string> ReadAll()
    {
        if (!File.Exists(Path))
            return [];
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return LinesOf(ReadBytes(file));
    }

    /// <summary>Appends the line made from those already there, and returns it once it is on the disk.</summary>
    /// <param name="makeLine">Given the complete lines, the new one (without a line feed); runs while the file is locked.</param>
    /// <exception cref="HalleyException">HLY3201: another process holds the file; HLY3202: the disk refused.</exception>
    public string Append(Func<IReadOnlyList<string>, string> makeLine)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
            using var guard = Lock();
            using var file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var content = ReadBytes(file);
            var end = SetTornLineAside(file, content);
            var line = makeLine(LinesOf(content.AsSpan(0, end)));
            file.Position = end;
            file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            file.Flush(flushToDisk: true);
            return line;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HalleyException(
                "HLY3202",
                $"'{Path}' can't be written: {problem.Message} Free some space or change the folder's permissions; no line was lost.",
                FaultKind.Environment,
                problem
            );
        }
    }

    /// <summary>Returns the length of the complete lines, after moving what follows them out of the file.</summary>
    int SetTornLineAside(FileStream file, byte[] content)
    {
        var end = content.AsSpan().LastIndexOf(LineFeed) + 1;
        if (end == content.Length)
            return end;
        using (var torn = new FileStream(TornPath, FileMode.Append, FileAccess.Write))
        {
            torn.Write(content.AsSpan(end));
            torn.WriteByte(LineFeed);
            torn.Flush(flushToDisk: true);
        }
        file.SetLength(end);
        return end;
    }

    /// <summary>An exclusive lock on a file beside this one; the system drops it when the process dies.</summary>
    FileStream Lock()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < patience)
            {
                Thread.Sleep(LockPause);
            }
            catch (IOException problem)
            {
                throw new HalleyException(
                    "HLY3201",
                    $"another process has been writing to '{Path}' for {patience.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} seconds. Let it finish, or stop it, and try again.",
                    FaultKind.Environment,
                    problem
                );
            }
        }
    }

    static byte[] ReadBytes(FileStream file)
    {
        var bytes = new byte[file.Length];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }

    static List<string> LinesOf(ReadOnlySpan<byte> content)
    {
        var lines = new List<string>();
        for (var end = content.IndexOf(LineFeed); end >= 0; end = content.IndexOf(LineFeed))
        {
            lines.Add(Encoding.UTF8.GetString(content[..end]));
            content = content[(end + 1)..];
        }
        return lines;
    }
}
