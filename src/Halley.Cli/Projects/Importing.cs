using System.Globalization;
using System.Text;
using Halley.Data;
using Halley.Models;
using Halley.Sources;

namespace Halley.Cli;

/// <summary>What importing a model does besides reading it: check rows, artefact, registry, report.</summary>
static class Importing
{
    /// <summary>The model's name: that given, or the stem of the artefact's path.</summary>
    public static string NameOf(string result) => ModelSaving.NameOf(result);

    public static PredictMode ModeOf(FittedModel model, double? atExposure, bool raw) =>
        raw ? PredictMode.Raw
        : atExposure is null && model.Spec.Exposure is not null ? PredictMode.ExposureApplied
        : atExposure is null or 1 ? PredictMode.AtExposureOne
        : throw NotOneYear(atExposure.Value);

    public static HalleyException NotOneYear(double atExposure) =>
        new(
            "HLY7018",
            $"--at-exposure {atExposure}: predictions are made for 1 year at risk. Give --at-exposure 1 and multiply."
        );

    /// <summary>The model's fields of a user's file, and the library's predictions beside them.</summary>
    public static (Table Rows, double[] Expected) ReadCheck(
        FittedModel model,
        string path,
        string column,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var fields = model.Inputs.Fields.Select(field =>
            field with
            {
                Levels = null,
                WhenMissing = ValueRule.Missing,
                WhenUnseen = ValueRule.Missing,
            }
        );
        var schema = new Schema(
            fields
                .Where(field => field.Name != column)
                .Append(
                    new Field
                    {
                        Name = column,
                        Kind = FieldKind.Number,
                        Role = Role.Target,
                    }
                )
        );
        Table table;
        try
        {
            table = TableReader.Read(path, schema, new() { Progress = progress }, cancellation);
        }
        catch (HalleyException missing) when (missing.Code == "HLY1112" && model.Spec.Derived.Count > 0)
        {
            throw new HalleyException(
                "HLY7039",
                $"{missing.Message[(missing.Code.Length + 2)..]} With --features the rows hold what a request holds "
                    + $"({string.Join(", ", model.Inputs.Fields.Select(field => field.Name))}), so that the expressions are checked too.",
                inner: missing
            );
        }
        var expected = new double[table.RowCount];
        table[column].CopySlots(0, expected);
        return (table.Without([column]), expected);
    }

    /// <summary>Writes the artefact; inside a project also into registry and run ledger.</summary>
    public static Task<SavedImport> SaveAsync(
        Project project,
        FittedModel model,
        string result,
        string source,
        CancellationToken cancellation
    ) =>
        ModelSaving.SaveAsync(
            project,
            model,
            result,
            new(RunKind.Import, null, $"imported from {Path.GetFileName(source)}", TimeSpan.Zero),
            cancellation
        );

    static string IterationsOf(ImportedLearner learner, int? given) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{learner.Iterations} of {learner.FileIterations} iterations in use{(learner.Iterations < learner.FileIterations && given is null ? " (up to the best iteration)" : "")}"
        );

    /// <summary>What the file turned out to be.</summary>
    public static ImportedLearner Describe(FittedModel model) => (ImportedLearner)model.Spec.Learner;

    /// <param name="given">Iterations that the caller asked for; null for none.</param>
    public static string Text(FittedModel model, SavedImport? saved, ImportCheckResult? check, int? given)
    {
        var (learner, text) = (Describe(model), new StringBuilder());
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{learner.Library}{(learner.Version is { Length: > 0 } version ? " " + version : "")}: {learner.Objective}, {learner.Features.Count} features, {IterationsOf(learner, given)}, {model.Link} link, exposure: {learner.Exposure ?? "not asked"}"
        );
        if (check is not null)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{check.Rows:N0} rows compared: largest relative difference {check.LargestDifference:G3}, in row {check.Row + 1}"
            );
        foreach (var row in check?.Differing ?? [])
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  row {row.Row}: {row.Predicted:R}, not {row.Expected:R}; leaves {string.Join(' ', row.Leaves)} …"
            );
        if (check?.Cause is { } cause)
            text.AppendLine(CultureInfo.InvariantCulture, $"likely cause: {cause}");
        text.Append(
            saved is null
                ? "nothing was written"
                : $"written to {saved.Path}{(saved.Version is null ? "" : $", version {saved.Version}")}"
        );
        return text.ToString();
    }
}
