using Halley.Data;

namespace Halley.Cli;

/// <summary>The folder that a demo works in: marked as its own, and held while it runs.</summary>
sealed class DemoFolder : IDisposable
{
    readonly FileStream held;

    DemoFolder(FileStream held) => this.held = held;

    /// <summary>Empties the folder of an earlier demo, or makes it.</summary>
    /// <param name="data">Folder of the user's data, which is never touched; null for none.</param>
    /// <exception cref="HalleyException">HLY7033: it holds other files; HLY7036: a demo runs in it; HLY7037: the user's data lie in it.</exception>
    public static DemoFolder Take(string folder, string? data)
    {
        var marker = Path.Combine(folder, ".halley-demo");
        if (data is not null && Path.GetFullPath(data + "/").StartsWith(Path.GetFullPath(folder + "/"), StringComparison.Ordinal))
            throw new HalleyException(
                "HLY7037",
                $"the data lie in '{folder}', which the demo would empty. Name another folder with --out."
            );
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(marker))
            throw new HalleyException("HLY7033", $"the folder '{folder}' holds other files. Name another with --out.");
        Directory.CreateDirectory(folder);
        var held = Hold(folder, marker);
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Where(entry => entry != marker).ToList())
        {
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }
        return new(held);
    }

    static FileStream Hold(string folder, string marker)
    {
        try
        {
            return new(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new HalleyException("HLY7036", $"another demo runs in '{folder}'. Stop it, or name another folder with --out.");
        }
    }

    public void Dispose() => held.Dispose();
}
