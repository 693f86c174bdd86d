using Halley.Data;
using Halley.Models;
using Halley.Registry;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>A user's project: where its files are, opened as they are needed.</summary>
/// <remarks>
/// <code>
/// halley.yaml   data.yaml   gates.yaml   value.yaml   monitor.yaml
/// models/NAME.yaml   decisions/NAME.yaml   tests/NAME.yaml
/// .halley/models/NAME.hlm   .halley/runs.jsonl   .halley/store/   .halley/schemas/
/// </code>
/// </remarks>
sealed class Project(string folder, TimeProvider clock)
{
    ProjectTables? tables;

    public string Folder => folder;

    public TimeProvider Clock => clock;

    public string ModelFolder => Path.Combine(folder, ".halley", "models");

    public string StoreFolder => Path.Combine(folder, ".halley", "store");

    public RunLedger Ledger => new(Path.Combine(folder, ".halley"), clock);

    /// <summary>The project's tables.</summary>
    /// <exception cref="HalleyException">HLY7010: there is no data.yaml.</exception>
    public ProjectTables Tables => tables ??= ReadTables();

    /// <summary>What of the store lies elsewhere, as the environment variables say.</summary>
    public StorePlaces StorePlaces { get; } = StorePlaces.FromEnvironment();

    public LocalStore OpenStore() => new(StoreFolder, StorePlaces, clock);

    /// <summary>Believes another store's key from now on: releases that it signed can be imported.</summary>
    public void Trust(PublicKey key)
    {
        var folder = Path.Combine(StoreFolder, "keys");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{key.Id}.pub.pem"), key.ToPem());
    }

    /// <summary>A table of data.yaml by name, or a data file by its path.</summary>
    public Table ReadTable(string nameOrPath, CancellationToken cancellation, IProgress<FitProgress>? progress = null)
    {
        if (File.Exists(Path.Combine(folder, "data.yaml")) && Tables.Definition.Find(nameOrPath) is not null)
            return Tables.Read(nameOrPath, progress, cancellation);
        if (FindFile(nameOrPath) is { } path)
            return TableReader.Read(path, options: new ReadOptions { Progress = progress }, cancellation: cancellation);
        throw NoData(nameOrPath);
    }

    /// <summary>As <see cref="ReadTable"/>, batch by batch.</summary>
    /// <exception cref="HalleyException">As <see cref="ReadTable"/>; HLY3481: the table has to be read at once.</exception>
    public ITableBatches Batches(string nameOrPath, CancellationToken cancellation, IProgress<FitProgress>? progress = null)
    {
        if (File.Exists(Path.Combine(folder, "data.yaml")) && Tables.Definition.Find(nameOrPath) is not null)
            return Tables.Batches(nameOrPath, progress, cancellation);
        return TableReader.Batches(
            FindFile(nameOrPath) ?? throw NoData(nameOrPath),
            options: new ReadOptions { Progress = progress },
            cancellation: cancellation
        );
    }

    static HalleyException NoData(string nameOrPath) =>
        new(
            "HLY7011",
            $"'{nameOrPath}' is neither a table of data.yaml nor a file. Check the name, or give the path of a CSV or Parquet file."
        );

    /// <summary>The schema that data.yaml declares for a table; null where it is inferred.</summary>
    public Schema? DeclaredSchema(string name) =>
        File.Exists(Path.Combine(folder, "data.yaml")) ? Tables.DeclaredSchema(name) : null;

    /// <summary>Whether what is read under this name was generated.</summary>
    public bool IsSimulated(string name) =>
        File.Exists(Path.Combine(folder, "data.yaml"))
        && (Tables.Definition.Find(name)?.Simulated ?? Tables.Definition.Simulated);

    /// <summary>A model file by path or by name in <c>models/</c>.</summary>
    public ModelFile ReadModelFile(string nameOrPath) => SpecFiles.Model.Read(SpecPath("models", nameOrPath));

    public IReadOnlyList<string> ModelFiles() => FilesIn("models");

    public IReadOnlyList<string> DecisionFiles() => FilesIn("decisions");

    /// <summary>Path of a spec given by path or by name.</summary>
    /// <exception cref="HalleyException">HLY7012: there is none.</exception>
    public string SpecPath(string kind, string nameOrPath)
    {
        foreach (
            var path in new[] { nameOrPath, Path.Combine(folder, nameOrPath), Path.Combine(folder, kind, nameOrPath + ".yaml") }
        )
        {
            if (File.Exists(path))
                return path;
        }
        throw new HalleyException(
            "HLY7012",
            $"there is no file '{nameOrPath}' and no '{kind}/{nameOrPath}.yaml'. The project has: {Listed(FilesIn(kind).Select(Path.GetFileNameWithoutExtension)!)}."
        );
    }

    static string Listed(IEnumerable<string> names) => names.ToList() is { Count: > 0 } some ? string.Join(", ", some) : "none";

    /// <summary>A fitted model by the path of its artefact or by the name under which it was fitted last.</summary>
    /// <exception cref="HalleyException">HLY7013: there is none; HLY31xx: it is not sound.</exception>
    public FittedModel ReadModel(string nameOrPath)
    {
        foreach (var path in new[] { nameOrPath, Path.Combine(folder, nameOrPath), ArtefactPath(nameOrPath) })
        {
            if (File.Exists(path))
                return Artefact.Read(path);
        }
        throw new HalleyException(
            "HLY7013",
            $"there is no fitted model '{nameOrPath}'. Fit it with 'halley fit {nameOrPath}', or give the path of an artefact."
        );
    }

    /// <summary>The model that a spec stands on; null where it stands alone.</summary>
    /// <exception cref="HalleyException">HLY7013: it is not in the project.</exception>
    public FittedModel? OffsetOf(ModelSpec spec) => spec.OffsetModel is { } offset ? ReadModel(offset.Model) : null;

    public string ArtefactPath(string model) => Path.Combine(ModelFolder, model + Artefact.FileExtension);

    /// <summary>What a model was fitted on, from the run ledger.</summary>
    /// <exception cref="HalleyException">HLY7019: no run of this project made the model.</exception>
    public string DataOf(FittedModel model) =>
        FindData(model)
        ?? throw new HalleyException(
            "HLY7019",
            $"no run of this project made the model '{model.Name}'. Name its data with --data."
        );

    /// <summary>As <see cref="DataOf"/>; null where no run of this project made the model.</summary>
    public string? FindData(FittedModel model) =>
        Ledger.List().LastOrDefault(run => run.Model == model.Name && run.DataFingerprint == model.Lineage.DataFingerprint)?.Data;

    string? FindFile(string path) => new[] { path, Path.Combine(folder, path) }.FirstOrDefault(File.Exists);

    IReadOnlyList<string> FilesIn(string kind)
    {
        var place = Path.Combine(folder, kind);
        return Directory.Exists(place) ? [.. Directory.GetFiles(place, "*.yaml").Order(StringComparer.Ordinal)] : [];
    }

    ProjectTables ReadTables()
    {
        var path = Path.Combine(folder, "data.yaml");
        if (!File.Exists(path))
            throw new HalleyException(
                "HLY7010",
                $"the project has no '{path}'. 'halley init DIR --data FILE' writes one, or name a data file instead of a table."
            );
        return new(SpecFiles.Data.Read(path), folder);
    }
}
