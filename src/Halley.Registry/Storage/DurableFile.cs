using System.Runtime.InteropServices;
using System.Text;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Writes whole files so that a crash at any moment leaves the old content or the new, never half of either.</summary>
/// <remarks>
/// Order: write a temporary file in the same folder, flush it to the disk, rename it over the target, flush the folder.
/// A rename without the last step can be forgotten by a power cut although the content was flushed.
/// </remarks>
static class DurableFile
{
    /// <summary>Replaces or creates a file; returns once it would survive a power cut.</summary>
    /// <exception cref="HalleyException">HLY5001: the disk is full, read-only or not there.</exception>
    internal static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, secret: false, overwrite: true);

    /// <summary>Creates a file that only its owner can read; false where the file is there already, which is left as it is.</summary>
    internal static bool TryCreateSecret(string path, ReadOnlySpan<byte> content) =>
        Write(path, content, secret: true, overwrite: false);

    /// <summary>Makes the names in a folder durable. Windows needs no such call: its file system keeps a journal of names.</summary>
    internal static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = open(Encoding.UTF8.GetBytes(folder + "\0"), 0);
        if (handle < 0)
            throw Failed(folder, new IOException($"open failed with error {Marshal.GetLastPInvokeError()}"));
        try
        {
            if (fsync(handle) != 0)
                throw Failed(folder, new IOException($"fsync failed with error {Marshal.GetLastPInvokeError()}"));
        }
        finally
        {
            _ = close(handle);
        }
    }

    /// <summary>Creates a folder and its missing parents, each made durable in its own parent.</summary>
    internal static void CreateFolder(string folder)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (Directory.Exists(folder))
            return;
        if (parent is not null)
            CreateFolder(parent);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw Failed(folder, inner);
        }
        if (parent is not null)
            SyncFolder(parent);
    }

    static bool Write(string path, ReadOnlySpan<byte> content, bool secret, bool overwrite)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (secret && !OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            if (!overwrite && File.Exists(path))
                return false;
            File.Move(temporary, path, overwrite);
            SyncFolder(folder);
            return true;
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            return false;
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, inner);
        }
        finally
        {
            // After the rename there is nothing to remove; after a failure the folder itself may be gone.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    static HalleyException Failed(string path, Exception inner) =>
        new(
            "HLY5001",
            $"'{path}' could not be written: {inner.Message}. Nothing was changed. Free space or correct the folder's rights, then repeat.",
            FaultKind.Environment,
            inner
        );

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int fsync(int handle);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int close(int handle);
}
