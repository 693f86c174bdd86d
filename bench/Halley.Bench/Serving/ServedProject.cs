using System.Diagnostics;
using Halley.Decisions;
using Halley.Registry;
using Halley.Sources;

namespace Halley.Bench;

/// <summary>The project of <c>bench/serving</c> in a folder of its own: generated data, three fitted models, one release that is live.</summary>
sealed class ServedProject : IDisposable
{
    public const string Decision = "motor-quote";

    ServedProject(string folder) => Folder = folder;

    public string Folder { get; }

    public string Store => Path.Combine(Folder, ".halley", "store");

    /// <summary>Generates, fits, releases and promotes by the commands that a user gives.</summary>
    public static ServedProject Make(int policies)
    {
        var project = new ServedProject(Directory.CreateTempSubdirectory("halley-bench-").FullName);
        var source = Path.Combine(Shared.ProjectRoot, "bench", "serving");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(project.Folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        project.Halley("data", "generate", "--policies", $"{policies}", "--out", "data");
        foreach (var model in new[] { "claim-count-glm", "claim-cost-glm", "risk-price-trees" })
            project.Halley("fit", model);
        project.Halley("release", Decision, "--note", "measured");
        project.Halley("promote", $"{Decision}@1", "--to", "production", "--by", "bench");
        return project;
    }

    /// <summary>Runs a command in the project's folder.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public string Halley(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [typeof(Halley.Cli.CommandLine).Assembly.Location, .. arguments]
        )
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? printed
            : throw new InvalidOperationException(
                $"halley {string.Join(' ', arguments)} ended with {process.ExitCode}: {printed}"
            );
    }

    /// <summary>Bodies of requests: the first quotes of the generated data.</summary>
    public async Task<string[]> BodiesAsync(int count)
    {
        var quotes = TableReader.Read(Path.Combine(Folder, "data", "quotes.parquet"));
        await using var store = new LocalStore(Store, new(), TimeProvider.System);
        var loader = new ReleaseLoader(store.Registry, store.Artefacts);
        var release = await loader.LoadAsync(VersionId.Parse($"{Decision}@1"), CancellationToken.None);
        var records = new TableRecords(release.Plan.Definition, quotes);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(row => $"{{\"inputs\":{System.Text.Encoding.UTF8.GetString(records[row % records.RowCount])}}}"),
        ];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
