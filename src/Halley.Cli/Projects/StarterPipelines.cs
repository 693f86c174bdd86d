using System.Reflection;

namespace Halley.Cli;

/// <summary>The files of a new project that do not depend on its data: pipelines, gates, canary and value, inside this assembly.</summary>
static class StarterPipelines
{
    /// <summary>The text of a file of the folder <c>Pipelines</c>, where <c>$VERSION</c> stands for that of this command.</summary>
    public static string Text(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream =
            assembly.GetManifestResourceStream($"pipelines/{name}")
            ?? throw new InvalidOperationException($"The assembly holds no pipelines/{name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("$VERSION", assembly.GetName().Version!.ToString(3), StringComparison.Ordinal);
    }
}
