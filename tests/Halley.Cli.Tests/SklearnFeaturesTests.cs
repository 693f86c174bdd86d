namespace Halley.Cli.Tests;

/// <summary><c>eng/features_from_sklearn.py</c>: from a fitted ColumnTransformer to the features of an imported model.</summary>
public sealed class SklearnFeaturesTests : IDisposable
{
    static readonly Dictionary<string, string> Packages = new()
    {
        ["sklearn"] = "python3-sklearn",
        ["xgboost"] = "python3-xgboost",
    };

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_model_behind_a_transformer_predicts_from_raw_fields_what_python_predicts()
    {
        var script = Path.Combine(ProjectRoot.Path, "tests", "Halley.Cli.Tests", "Python", "fit_with_transformer.py");
        var (status, output) = PythonProgram.Run(script, folder.Path, Packages, Path.Combine(ProjectRoot.Path, "eng"));
        Assert.True(status == 0, output);
        Assert.Contains("refused: transformer 'powers' is a PolynomialFeatures", output);
        Assert.Contains("refused: transformer 'own': the function '<lambda>'", output);
        Assert.DoesNotContain("carried what it can't", output);

        var run = await Command.RunAsync(
            "import",
            Path.Combine(folder.Path, "model.json"),
            "--out",
            Path.Combine(folder.Path, "model.hlm"),
            "--as",
            "none",
            "--features",
            Path.Combine(folder.Path, "features.yaml"),
            "--check",
            Path.Combine(folder.Path, "scored.csv"),
            "--tolerance",
            "1e-6",
            "--json"
        );

        Assert.True(run.Status == 0, run.Output + run.Messages);
        Assert.Equal(620, run.Json().GetProperty("check").GetProperty("rows").GetInt32());
        // The artefact holds the tables: it loads, and checks itself by the rows.
        var predict = await Command.RunAsync(
            "predict",
            Path.Combine(folder.Path, "model.hlm"),
            "--data",
            Path.Combine(folder.Path, "scored.csv"),
            "--out",
            Path.Combine(folder.Path, "again.csv")
        );
        Assert.True(predict.Status == 0, predict.Output + predict.Messages);
    }

    [Fact]
    public async Task A_table_row_for_missing_keys_is_refused_with_the_remedy()
    {
        var map = folder.File(
            "features.yaml",
            "fields:\n  fuel: { levels: [petrol, diesel] }\ntables:\n  codes: { keys: fuel, rows: [[petrol, 0], [diesel, 1], [~, 2]] }\n"
                + "features:\n  Diesel: lookup(codes, fuel)\n"
        );

        var run = await Command.RunAsync(
            "import",
            SharedData.Path("oracles/models/xgboost-3.2.0-tweedie/model.json"),
            "--out",
            Path.Combine(folder.Path, "model.hlm"),
            "--as",
            "none",
            "--features",
            map
        );

        Assert.Equal(2, run.Status);
        Assert.Contains("write coalesce(lookup(codes, …), value) in its place", run.Messages);
    }
}
