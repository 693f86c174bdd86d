using System.Globalization;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Cli;

/// <summary>The user's own data: specs of its folder or of the sample, and held-out rows played as requests.</summary>
/// <remarks>Each decision has its own table; nothing is joined that data.yaml does not join, and nothing is made up that the data lack.</remarks>
sealed class TableSource(string data, DemoOptions options) : IDemoSource
{
    static readonly string[] SpecFolders = ["models", "decisions", "tests"];
    static readonly string[] SpecFiles = ["halley.yaml", "gates.yaml", "value.yaml"];

    readonly Dictionary<string, IReadOnlyList<RecordEvent>> records = new(StringComparer.Ordinal);

    public StreamClock Clock { get; } = StreamClock.OfTheMachine();

    /// <summary>Every how many records one goes to staging.</summary>
    int StagingEvery => 1 + options.Records / options.StagingEvents;

    /// <exception cref="HalleyException">HLY7034: there was no data.yaml, and a draft has been written.</exception>
    public void Fill(string folder, CommandContext context)
    {
        var definition = Path.Combine(data, "data.yaml");
        if (!File.Exists(definition))
            throw DataDraft.Write(data, context.Cancellation);
        if (Directory.Exists(Path.Combine(data, "models")))
            CopySpecs(folder);
        else
            SampleProject.WriteTo(folder);
        File.WriteAllText(Path.Combine(folder, "data.yaml"), WithFolder(File.ReadAllText(definition)));
        SampleProject.WriteSchemas(folder);
    }

    public IReadOnlyList<LiveEvent> Staging(Project project, IReadOnlyList<DecisionDefinition> decisions) =>
        [.. Records(project, decisions).Where((_, i) => i % StagingEvery == 0)];

    public IReadOnlyList<LiveEvent> Live(Project project, IReadOnlyList<DecisionDefinition> decisions) =>
        [.. Records(project, decisions).Where((_, i) => i % StagingEvery != 0)];

    IEnumerable<RecordEvent> Records(Project project, IReadOnlyList<DecisionDefinition> decisions) =>
        decisions.SelectMany(decision =>
        {
            if (!records.TryGetValue(decision.Name, out var known))
                records[decision.Name] = known = RecordEvent.Of(project, decision, options.Records + options.StagingEvents);
            return known;
        });

    void CopySpecs(string folder)
    {
        foreach (var kind in SpecFolders.Where(kind => Directory.Exists(Path.Combine(data, kind))))
        {
            Directory.CreateDirectory(Path.Combine(folder, kind));
            foreach (var file in Directory.GetFiles(Path.Combine(data, kind), "*.yaml"))
                File.Copy(file, Path.Combine(folder, kind, Path.GetFileName(file)));
        }
        foreach (var file in SpecFiles.Where(file => File.Exists(Path.Combine(data, file))))
            File.Copy(Path.Combine(data, file), Path.Combine(folder, file));
    }

    /// <summary>The same definition, read from another place: paths go on counting from the user's folder.</summary>
    string WithFolder(string text)
    {
        var lines = text.Split('\n').Where(line => !line.StartsWith("folder:", StringComparison.Ordinal));
        var given = Specs.SpecFiles.Data.Read(Path.Combine(data, "data.yaml")).Folder;
        var folder = Path.GetFullPath(given is null ? data : Path.Combine(data, given));
        var quoted = folder.Replace("'", "''", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join('\n', lines).TrimEnd()}\nfolder: '{quoted}'\n");
    }
}
