namespace Halley.Testing;

/// <summary>The folder that holds <c>Halley.slnx</c>.</summary>
public static class ProjectRoot
{
    public static string Path { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Halley.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no Halley.slnx above {AppContext.BaseDirectory}");
    }
}
