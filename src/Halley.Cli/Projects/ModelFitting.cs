using Halley.Data;
using Halley.Models;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>A fit as the command reports it.</summary>
/// <param name="Version">Version under which the registry holds the artefact.</param>
sealed record FitReport(
    string Run,
    string Model,
    string Version,
    string Artefact,
    string Path,
    double Seconds,
    bool Simulated,
    bool Converged,
    string? Advice,
    IReadOnlyList<Glm.TermTest>? TermTests,
    IReadOnlyList<PartMetrics> Metrics
);

/// <summary>How data larger than memory are fitted.</summary>
/// <param name="Folder">Folder of temporary files; null for the system's.</param>
sealed record Streaming(string? Folder);

/// <summary>Fits a model file: artefact, line in the run ledger, version in the registry.</summary>
static class ModelFitting
{
    /// <summary>The alias that every fit moves to its version.</summary>
    public const string LatestAlias = "latest";

    public static async Task<FitReport> FitAsync(
        Project project,
        ModelFile file,
        LocalStore store,
        string? note,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation,
        RunKind kind = RunKind.Fit,
        Streaming? streaming = null,
        Boosting.SnapshotOptions? snapshots = null
    )
    {
        var options = new FitOptions { OffsetModel = project.OffsetOf(file.Spec), Snapshots = snapshots };
        var declared = project.DeclaredSchema(file.Data);
        var started = project.Clock.GetTimestamp();
        FittedModel model;
        if (streaming is null)
        {
            var table = project.ReadTable(file.Data, cancellation, progress);
            started = project.Clock.GetTimestamp();
            model = ModelFitter.Fit(file.Spec, table, declared, options, progress, cancellation);
        }
        else
        {
            var source = project.Batches(file.Data, cancellation, progress.Part(0, 0.2));
            var rest = progress.Part(0.2, 1);
            model = ModelFitter.FitStreamed(file.Spec, source, declared, options, streaming.Folder, rest, cancellation);
        }
        var elapsed = project.Clock.GetElapsedTime(started);
        // The ledger's line comes last: a run that is listed has its artefact.
        Directory.CreateDirectory(project.ModelFolder);
        var path = project.ArtefactPath(model.Name);
        var hash = Artefact.Write(model, path);
        var by = Actor.Unverified(Environment.UserName);
        var (version, _) = await store.Registry.RegisterModelAsync(
            model.Name,
            await File.ReadAllBytesAsync(path, cancellation),
            by,
            note ?? "",
            cancellation
        );
        await store.Registry.SetAliasAsync(version.Id, LatestAlias, by, "fitted last", cancellation);
        var run = project.Ledger.Append(
            RunEntry.Of(kind, model, hash, elapsed) with
            {
                Data = file.Data,
                ArtefactPath = Path.GetRelativePath(project.Folder, path),
                Note = note,
                Streamed = streaming is not null,
            }
        );
        return new(
            run.Id,
            model.Name,
            version.Id.ToString(),
            hash.ToString(),
            path,
            elapsed.TotalSeconds,
            project.IsSimulated(file.Data),
            model.Header.Converged,
            model.Header.Advice,
            model.Header.TermTests,
            model.Metrics
        );
    }
}
