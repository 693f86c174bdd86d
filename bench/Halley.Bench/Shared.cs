namespace Halley.Bench;

/// <summary>The shared folder of public data beside the project's root.</summary>
static class Shared
{
    public static string ProjectRoot { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(ProjectRoot, "..", "shared", relative);

    /// <summary>Says on standard error why figures are left out, where the file is missing.</summary>
    public static bool Has(string relative, string figures)
    {
        if (File.Exists(Path(relative)))
            return true;
        Console.Error.WriteLine($"left out: {figures}: '{relative}' is not on this machine.");
        return false;
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Halley.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("no Halley.slnx above the program's folder.");
    }
}
