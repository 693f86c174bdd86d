using System.Reflection;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>The sample project <c>samples/motor</c>, inside this assembly, so that the demo runs wherever the command is.</summary>
static class SampleProject
{
    const string Prefix = "sample/";

    /// <summary>Writes the sample's files and the editors' schemas into a folder; files that are there already are replaced.</summary>
    public static void WriteTo(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, name[Prefix.Length..].Replace('\\', '/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var content = assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(path);
            content.CopyTo(file);
        }
        WriteSchemas(folder);
    }

    /// <summary>Writes the JSON schemas that editors check the YAML files with.</summary>
    public static void WriteSchemas(string folder)
    {
        var schemas = Path.Combine(folder, ".halley", "schemas");
        Directory.CreateDirectory(schemas);
        foreach (var (name, schema) in SpecFiles.Schemas())
            File.WriteAllText(Path.Combine(schemas, name), schema);
    }

    /// <summary>The sample in a folder that goes with this object.</summary>
    public sealed class Copy : IDisposable
    {
        public Copy() => WriteTo(Folder);

        public string Folder { get; } = Directory.CreateTempSubdirectory("halley-sample-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
