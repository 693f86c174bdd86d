using Halley.Data;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>Reads every file of a project by its schema and goes on after a problem, so that all are told at once.</summary>
static class ProjectCheck
{
    /// <param name="withTables">Whether every table of data.yaml is read too.</param>
    /// <exception cref="HalleyException">HLY7164: the folder holds no file of a project.</exception>
    public static IReadOnlyList<CheckedFile> Of(
        Project project,
        bool withTables,
        IProgress<FitProgress> progress,
        CancellationToken cancellation
    )
    {
        List<(string Path, Action Read)> work =
        [
            .. Files(project, "", "data.yaml", path => SpecFiles.Data.Read(path)),
            .. Files(project, "models", "*.yaml", path => SpecFiles.Model.Read(path)),
            .. Files(project, "decisions", "*.yaml", path => SpecFiles.Decision.Read(path)),
            .. Files(project, "tests", "*.yaml", path => SpecFiles.Tests.Read(path)),
            .. Files(project, "", "gates.yaml", path => SpecFiles.Gates.Read(path)),
            .. Files(project, "", "canary.yaml", path => SpecFiles.Canary.Read(path)),
            .. Files(project, "", "value.yaml", path => SpecFiles.Value.Read(path)),
            .. Files(project, "", "monitor.yaml", path => SpecFiles.Monitor.Read(path)),
        ];
        if (work.Count == 0)
            throw new HalleyException(
                "HLY7164",
                $"'{project.Folder}' holds no file of a project. Name its folder with --project, or start one with 'halley init'."
            );
        var files = work.ConvertAll(one => Checked(one.Path, one.Read));
        if (withTables && files is [{ Path: "data.yaml", Problem: null }, ..])
        {
            foreach (var (place, table) in project.Tables.Definition.Tables.Index())
            {
                progress.Report(new("reading", (double)place / project.Tables.Definition.Tables.Count, table.Name));
                files.Add(Checked($"table {table.Name}", () => project.ReadTable(table.Name, cancellation)));
            }
        }
        return files;
    }

    static IEnumerable<(string Path, Action Read)> Files(Project project, string folder, string pattern, Action<string> read)
    {
        var place = Path.Combine(project.Folder, folder);
        if (!Directory.Exists(place))
            return [];
        return Directory
            .GetFiles(place, pattern)
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(project.Folder, path), (Action)(() => read(path))));
    }

    static CheckedFile Checked(string path, Action read)
    {
        try
        {
            read();
            return new(path, null);
        }
        catch (HalleyException fault) when (fault.Kind != FaultKind.Environment)
        {
            return new(path, fault.Message);
        }
    }
}
