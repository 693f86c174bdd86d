using Halley.Models;
using Halley.Registry;

namespace Halley.Cli;

/// <summary>What ledger and registry should say of a model that was not fitted here.</summary>
/// <param name="Data">Name of the data that its figures are taken on; null for none.</param>
sealed record SavingNote(RunKind Kind, string? Data, string Note, TimeSpan Elapsed);

/// <summary>Writes a model that was made, not fitted: artefact, version, line in the run ledger.</summary>
static class ModelSaving
{
    /// <summary>The model's name: that given, or the stem of the artefact's path.</summary>
    public static string NameOf(string result) => IsPath(result) ? Path.GetFileNameWithoutExtension(result) : result;

    /// <summary>Writes the artefact; inside a project also into registry and run ledger.</summary>
    /// <param name="result">Name of the model in the project, or path of the artefact to write.</param>
    public static async Task<SavedImport> SaveAsync(
        Project project,
        FittedModel model,
        string result,
        SavingNote note,
        CancellationToken cancellation
    )
    {
        var path = IsPath(result) ? result : project.ArtefactPath(model.Name);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        var hash = Artefact.Write(model, path);
        if (IsPath(result))
            return new(path, hash.ToString(), null);
        await using var store = project.OpenStore();
        var by = Actor.Unverified(Environment.UserName);
        var (version, _) = await store.Registry.RegisterModelAsync(
            model.Name,
            await File.ReadAllBytesAsync(path, cancellation),
            by,
            note.Note,
            cancellation
        );
        var how = note.Kind switch
        {
            RunKind.Edit => "edited last",
            RunKind.Combine => "combined last",
            RunKind.Refit => "refitted last",
            _ => "imported last",
        };
        await store.Registry.SetAliasAsync(version.Id, ModelFitting.LatestAlias, by, how, cancellation);
        project.Ledger.Append(
            RunEntry.Of(note.Kind, model, hash, note.Elapsed) with
            {
                Data = note.Data,
                ArtefactPath = Path.GetRelativePath(project.Folder, path),
                Note = note.Note,
            }
        );
        return new(path, hash.ToString(), version.Id.ToString());
    }

    static bool IsPath(string result) =>
        result.EndsWith(Artefact.FileExtension, StringComparison.Ordinal) || result.Contains('/');
}
