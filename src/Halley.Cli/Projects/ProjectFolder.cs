using Halley.Data;

namespace Halley.Cli;

/// <summary>Finds the user's project: the folder with <c>halley.yaml</c>.</summary>
static class ProjectFolder
{
    public const string Marker = "halley.yaml";

    /// <exception cref="HalleyException">HLY7007: the named folder does not exist.</exception>
    public static string Find(string? named)
    {
        if (named is not null)
            return Directory.Exists(named)
                ? Path.GetFullPath(named)
                : throw new HalleyException("HLY7007", $"there is no project folder '{named}'.");
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
                return folder.FullName;
        }
        return Directory.GetCurrentDirectory();
    }
}
