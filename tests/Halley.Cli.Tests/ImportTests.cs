using System.Globalization;

namespace Halley.Cli.Tests;

/// <summary>Models of other libraries become models that predict, and decide, as those libraries predict.</summary>
public sealed class ImportTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    // log(exposure) as base_margin: the file's base score gives way to it.
    [InlineData("xgboost-3.2.0-poisson-margin", "model.ubj", "offset", true)]
    // init_score: predict never adds it, so the expected count is exp(raw + offset).
    [InlineData("lightgbm-4.7.0-poisson-init-score", "model.txt", "offset", true)]
    [InlineData("xgboost-3.2.0-tweedie", "model.json", "weight", false)]
    [InlineData("lightgbm-4.7.0-tweedie", "model.txt", "none", false)]
    public async Task Each_exposure_rule_gives_the_librarys_own_prediction(string name, string file, string role, bool withOffset)
    {
        var scored = Scored(name, withOffset);

        var run = await Command.RunAsync([
            "import",
            SharedData.Path($"oracles/models/{name}/{file}"),
            "--out",
            Out,
            "--exposure",
            "years",
            "--as",
            role,
            "--check",
            scored,
            .. withOffset ? (string[])[] : ["--at-exposure", "1"],
        ]);

        Assert.True(run.Status == 0, run.Output + run.Messages);
        Assert.Contains("written to", run.Output);
        Assert.Equal(
            "HLYMODEL",
            System.Text.Encoding.ASCII.GetString(await File.ReadAllBytesAsync(Out, TestContext.Current.CancellationToken), 0, 8)
        );
    }

    [Fact]
    public async Task Exposure_as_a_feature_is_an_input_like_others()
    {
        var scored = Scored("xgboost-3.2.0-missing", withOffset: false);

        var run = await Command.RunAsync(
            "import",
            SharedData.Path("oracles/models/xgboost-3.2.0-missing/model.ubj"),
            "--out",
            Out,
            "--exposure",
            First(scored),
            "--as",
            "feature",
            "--check",
            scored,
            "--at-exposure",
            "1"
        );

        Assert.True(run.Status == 0, run.Output + run.Messages);
    }

    [Fact]
    public async Task The_exposure_rule_is_never_guessed()
    {
        var run = await Command.RunAsync(
            "import",
            SharedData.Path("oracles/models/lightgbm-4.7.0-poisson-init-score/model.txt"),
            "--out",
            Out
        );

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY3451: the model's objective is poisson, so its predictions depend on the time at risk", run.Messages);
        Assert.Contains("Dataset(X, claims, init_score=np.log(exposure))", run.Messages);
        Assert.Contains("weight   a rate with exposure as weight:", run.Messages);
        Assert.Contains("feature  exposure is a column of X:", run.Messages);
        Assert.Contains("none     exposure was not used:", run.Messages);
    }

    [Fact]
    public async Task Codes_without_texts_need_their_levels()
    {
        var run = await Command.RunAsync(
            "import",
            SharedData.Path("oracles/models/xgboost-2.1.4-category-partition/model.ubj"),
            "--out",
            Out,
            "--as",
            "none"
        );

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY3455", run.Messages);
        Assert.Contains("--levels levels.json", run.Messages);
    }

    [Theory]
    [InlineData("offset left out", "the column leaves the offset out")]
    [InlineData("raw", "the column holds raw scores")]
    [InlineData("margin left out", "the column leaves the offset out: it was predicted without base_margin")]
    [InlineData("order", "the order of the levels of 'pol_usage': the predictions follow another one.")]
    [InlineData("floats", "32-bit floats: the differences are of the size of their rounding. Allow them with --tolerance 1e-5.")]
    [InlineData("tree limit", "the tree limit: the predictions use the first 6 of 18 iterations. Import with --iterations 6.")]
    public async Task A_difference_is_told_with_its_likely_cause(string what, string cause)
    {
        string[] arguments = what switch
        {
            "offset left out" =>
            [
                SharedData.Path("oracles/models/lightgbm-4.7.0-poisson-init-score/model.txt"),
                "--as",
                "offset",
                "--exposure",
                "years",
                "--check",
                Scored("lightgbm-4.7.0-poisson-init-score", withOffset: true, prediction: "prediction.csv"),
            ],
            "raw" =>
            [
                SharedData.Path("oracles/models/lightgbm-4.7.0-gamma/model.txt"),
                "--as",
                "none",
                "--check",
                Scored("lightgbm-4.7.0-gamma", withOffset: false, prediction: "raw.csv"),
            ],
            "margin left out" =>
            [
                SharedData.Path("oracles/models/xgboost-3.2.0-poisson-margin/model.json"),
                "--as",
                "offset",
                "--exposure",
                "years",
                "--check",
                Scored("xgboost-3.2.0-poisson-margin", withOffset: true, prediction: "raw_without_offset.csv", exponent: true),
            ],
            "floats" =>
            [
                SharedData.Path("oracles/models/catboost-1.2.10-poisson-baseline/model.cbm"),
                "--as",
                "offset",
                "--exposure",
                "years",
                "--tolerance",
                "1e-9",
                "--check",
                Scored("catboost-1.2.10-poisson-baseline", withOffset: true),
            ],
            "order" =>
            [
                SharedData.Path("oracles/models/xgboost-2.1.4-category-partition/model.json"),
                "--as",
                "none",
                "--levels",
                Levels("xgboost-2.1.4-category-partition", turned: "pol_usage"),
                "--check",
                Scored("xgboost-2.1.4-category-partition", withOffset: false),
            ],
            _ =>
            [
                SharedData.Path("oracles/models/xgboost-3.2.0-early-stopped/model.json"),
                "--as",
                "none",
                "--iterations",
                "18",
                "--check",
                Scored("xgboost-3.2.0-early-stopped", withOffset: false),
            ],
        };

        var run = await Command.RunAsync(["import", .. arguments, "--out", Out]);

        Assert.Equal(1, run.Status);
        Assert.Contains("likely cause: " + cause, run.Output.ReplaceLineEndings(" "));
        Assert.Contains("nothing was written", run.Output);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task Leaves_and_predictions_come_from_one_command()
    {
        var scored = Scored("lightgbm-4.7.0-gamma", withOffset: false);
        await Command.RunAsync(
            "import",
            SharedData.Path("oracles/models/lightgbm-4.7.0-gamma/model.txt"),
            "--out",
            Out,
            "--as",
            "none"
        );
        var answers = Path.Combine(folder.Path, "scores.csv");

        var run = await Command.RunAsync("predict", Out, "--data", scored, "--out", answers, "--at-exposure", "1", "--leaves");

        Assert.True(run.Status == 0, run.Output + run.Messages);
        var header = File.ReadLines(answers).First();
        Assert.Contains("leaf_0,leaf_1", header);
        var expected = File.ReadLines(SharedData.Path("oracles/models/lightgbm-4.7.0-gamma/leaf.csv")).ElementAt(1).Split(',');
        Assert.Equal(expected, File.ReadLines(answers).ElementAt(1).Split(',')[^expected.Length..]);
    }

    [Fact]
    public async Task The_first_trees_predict_what_the_library_predicts_with_them()
    {
        const string Name = "xgboost-3.2.0-early-stopped";
        var scored = Scored(Name, withOffset: false);
        var answers = Path.Combine(folder.Path, "scores.csv");
        var file = SharedData.Path($"oracles/models/{Name}/model.json");
        await Command.RunAsync("import", file, "--out", Out, "--as", "none", "--iterations", "18");

        var best = await Command.RunAsync("import", file, "--out", Path.Combine(folder.Path, "best.hlm"), "--as", "none");
        Assert.Contains("6 of 18 iterations in use (up to the best iteration)", best.Output.ReplaceLineEndings(" "));

        var run = await Command.RunAsync("predict", Out, "--data", scored, "--out", answers, "--raw", "--trees", "6");
        var bad = await Command.RunAsync("predict", Out, "--data", scored, "--out", answers, "--trees", "4..19");

        Assert.True(run.Status == 0, run.Output + run.Messages);
        var (expected, actual) = (Lines(Name, "raw.csv").Skip(1), File.ReadLines(answers).Skip(1));
        foreach (var (wanted, line) in expected.Zip(actual))
            Assert.Equal(
                double.Parse(wanted, CultureInfo.InvariantCulture),
                double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture),
                1e-6
            );
        Assert.Equal(2, bad.Status);
        Assert.Contains("HLY3307: model 'imported' has trees 0 to 17, and 4..19 are asked for.", bad.Messages);
    }

    [Fact]
    public async Task Contributions_add_up_to_the_served_prediction()
    {
        const string Name = "lightgbm-4.7.0-poisson-init-score";
        var scored = Scored(Name, withOffset: true);
        var (shap, answers) = (Path.Combine(folder.Path, "shap.csv"), Path.Combine(folder.Path, "scores.csv"));
        var file = SharedData.Path($"oracles/models/{Name}/model.txt");
        await Command.RunAsync("import", file, "--out", Out, "--exposure", "years", "--as", "offset");
        await Command.RunAsync("predict", Out, "--data", scored, "--out", answers);

        var run = await Command.RunAsync("explain", Out, "--data", scored, "--out", shap, "--rows", "50");

        Assert.True(run.Status == 0, run.Output + run.Messages);
        var lines = File.ReadLines(shap).Select(line => line.Split(',')).ToList();
        Assert.Equal(["row", "feature", "value", "contribution", "multiplier"], lines[0]);
        var sums = new double[51];
        foreach (var line in lines.Skip(1))
            sums[int.Parse(line[0], CultureInfo.InvariantCulture)] += double.Parse(line[3], CultureInfo.InvariantCulture);
        var header = File.ReadLines(answers).First().Split(',');
        var predictions = File.ReadLines(answers)
            .Skip(1)
            .Select(line => double.Parse(line.Split(',')[header.Length - 1], CultureInfo.InvariantCulture))
            .ToList();
        for (var row = 1; row <= 50; row++)
            Assert.Equal(Math.Log(predictions[row - 1]), sums[row], 1e-12 * Math.Max(1, Math.Abs(sums[row])));
        Assert.Contains(lines, line => line[1] == "(base)");
        Assert.Contains(lines, line => line[1] == "(offset)");
    }

    [Theory]
    [InlineData("xgboost-3.2.0-poisson-margin", "model.ubj")]
    [InlineData("lightgbm-4.7.0-poisson-init-score", "model.txt")]
    [InlineData("catboost-1.2.10-poisson-baseline", "model.cbm")]
    public async Task Contributions_in_parquet_are_lines_that_add_up_to_the_served_prediction(string name, string file)
    {
        var scored = Scored(name, withOffset: true);
        var (shap, answers) = (Path.Combine(folder.Path, "shap.parquet"), Path.Combine(folder.Path, "scores.csv"));
        await Command.RunAsync(
            "import",
            SharedData.Path($"oracles/models/{name}/{file}"),
            "--out",
            Out,
            "--exposure",
            "years",
            "--as",
            "offset"
        );
        await Command.RunAsync("predict", Out, "--data", scored, "--out", answers);

        var run = await Command.RunAsync("explain", Out, "--data", scored, "--out", shap, "--rows", "40");

        Assert.True(run.Status == 0, run.Output + run.Messages);
        var lines = Halley.Sources.TableReader.Read(shap, null, new(), TestContext.Current.CancellationToken);
        Assert.Equal(["row", "feature", "value", "contribution", "multiplier"], lines.Columns.Select(column => column.Name));
        string At(string column, int line) => lines[column].TextAt(line) ?? "";
        double Number(string column, int line) => double.Parse(At(column, line), CultureInfo.InvariantCulture);
        var (sums, kinds) = (new double[41], new Dictionary<string, int>(StringComparer.Ordinal));
        for (var line = 0; line < lines.RowCount; line++)
        {
            var value = Number("contribution", line);
            sums[(int)Number("row", line)] += value;
            Assert.Equal(1, Number("multiplier", line) / Math.Exp(value), 1e-12);
            kinds[At("feature", line)] = kinds.GetValueOrDefault(At("feature", line)) + 1;
        }
        Assert.Equal((40, 40), (kinds["(base)"], kinds["(offset)"]));
        Assert.Equal(40, kinds["DrivAge"]);
        var predictions = File.ReadLines(answers).Skip(1).Select(line => line.Split(',')[^1]).ToList();
        for (var row = 1; row <= 40; row++)
            Assert.Equal(
                Math.Log(double.Parse(predictions[row - 1], CultureInfo.InvariantCulture)),
                sums[row],
                1e-12 * Math.Max(1, Math.Abs(sums[row]))
            );
    }

    [Fact]
    public async Task Features_are_computed_from_request_fields()
    {
        var rows = File.ReadLines(SharedData.Path("oracles/models/xgboost-3.2.0-tweedie/input.csv"))
            .Take(201)
            .Select(line => line.Split(','))
            .ToList();
        var predictions = File.ReadLines(SharedData.Path("oracles/models/xgboost-3.2.0-tweedie/prediction.csv"))
            .Take(201)
            .ToList();
        // LogDensity is taken apart: the request has half of it; Diesel comes as text.
        var lines = rows.Select(
            (row, i) =>
                i == 0
                    ? "VehPower,VehAge,DrivAge,BonusMalus,half,AreaCode,fuel,prediction"
                    : string.Join(',', [.. row[..4], Half(row[4]), row[5], row[6] == "1" ? "diesel" : "petrol", predictions[i]])
        );
        var scored = folder.File("scored.csv", string.Join('\n', lines) + "\n");
        var map = folder.File(
            "features.yaml",
            "fields:\n  half: number\n  fuel: { levels: [petrol, diesel] }\nfeatures:\n  LogDensity: half * 2\n  Diesel: if(fuel == 'diesel', 1, 0)\n"
        );

        var run = await Command.RunAsync(
            "import",
            SharedData.Path("oracles/models/xgboost-3.2.0-tweedie/model.json"),
            "--out",
            Out,
            "--as",
            "none",
            "--features",
            map,
            "--check",
            scored
        );

        Assert.True(run.Status == 0, run.Output + run.Messages);
    }

    [Fact]
    public async Task Rows_of_the_check_hold_the_fields_that_expressions_read()
    {
        var map = folder.File("features.yaml", "fields:\n  density: number\nfeatures:\n  LogDensity: log(density)\n");

        var run = await Command.RunAsync(
            "import",
            SharedData.Path("oracles/models/xgboost-3.2.0-tweedie/model.json"),
            "--out",
            Out,
            "--as",
            "none",
            "--features",
            map,
            "--check",
            Scored("xgboost-3.2.0-tweedie", withOffset: false)
        );

        Assert.Equal(2, run.Status);
        Assert.Contains(
            "HLY7039: " + Path.Combine(folder.Path, "scored.csv") + ": there is no column 'density'.",
            run.Messages.ReplaceLineEndings("")
        );
        Assert.Contains("With --features the rows hold what a request holds", run.Messages.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task An_objective_that_is_not_known_needs_a_link()
    {
        var file = File.ReadAllText(SharedData.Path("oracles/models/lightgbm-4.7.0-gamma/model.txt"))
            .Replace("objective=gamma", "objective=my_own", StringComparison.Ordinal);
        var model = folder.File("own.txt", file);

        var refused = await Command.RunAsync("import", model, "--out", Out);
        var told = await Command.RunAsync(
            "import",
            model,
            "--out",
            Out,
            "--link",
            "log",
            "--check",
            Scored("lightgbm-4.7.0-gamma", withOffset: false)
        );

        Assert.Equal(2, refused.Status);
        Assert.Contains("HLY3457: the objective 'my_own' is not known", refused.Messages);
        Assert.True(told.Status == 0, told.Output + told.Messages);
    }

    [Fact]
    public async Task A_decision_uses_it_like_any_other_model()
    {
        const string Name = "lightgbm-4.7.0-pandas-categorical";
        folder.File("halley.yaml", "");
        folder.File(
            "decisions/quote.yaml",
            """
            decision: quote
            inputs:
              id: { kind: text, role: id }
              VehValue: { kind: number }
              VehAge: { kind: category, levels: [youngest cars, young cars, old cars, oldest cars] }
              VehBody: { kind: category, levels: [Sedan, Hatchback, Utility, Station wagon] }
              Gender: { kind: category, levels: [Male, Female] }
              DrivAge: { kind: category, levels: [working people, young people, old people] }
            models:
              frequency: frequency@latest
            outputs:
              claims: { value: frequency }
            """
        );
        var import = await Command.RunAsync(
            "import",
            SharedData.Path($"oracles/models/{Name}/model.txt"),
            "--project",
            folder.Path,
            "--out",
            "frequency",
            "--as",
            "none"
        );
        Assert.True(import.Status == 0, import.Output + import.Messages);
        var rows = File.ReadLines(SharedData.Path($"oracles/models/{Name}/input.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .ToList();
        var row = rows.FindIndex(cells => cells[1] == "young cars" && cells[2] == "Sedan" && cells[4] == "working people");
        var input = folder.File(
            "input.json",
            $$"""{"id":"1","VehValue":{{rows[row][0]}},"VehAge":"young cars","VehBody":"Sedan","Gender":"{{rows[row][3]}}","DrivAge":"working people"}"""
        );

        var decided = await Command.RunAsync("decide", "quote", "--project", folder.Path, "--input", input, "--json");

        Assert.True(decided.Status == 0, decided.Output + decided.Messages);
        var expected = File.ReadLines(SharedData.Path($"oracles/models/{Name}/prediction.csv")).ElementAt(row + 1);
        var claims = System
            .Text.Json.JsonDocument.Parse(decided.Output)
            .RootElement.GetProperty("outputs")
            .GetProperty("claims")
            .GetDouble();
        Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), claims, 1e-12);
    }

    string Out => Path.Combine(folder.Path, "imported.hlm");

    static string First(string path) => File.ReadLines(path).First().Split(',')[0];

    static string Half(string cell) =>
        cell == "" ? "" : (double.Parse(cell, CultureInfo.InvariantCulture) / 2).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The oracle's real rows with the library's predictions beside them, and years at risk where it had an offset.</summary>
    string Scored(string name, bool withOffset, string? prediction = null, bool exponent = false)
    {
        var inputs = Lines(name, "input.csv");
        var offsets = withOffset ? Lines(name, "offset.csv") : null;
        var lightgbm = name.StartsWith("lightgbm", StringComparison.Ordinal);
        var predictions = Lines(name, prediction ?? (withOffset && lightgbm ? "raw.csv" : "prediction.csv"));
        var lines = new List<string>();
        for (var row = 0; row <= 200; row++)
        {
            var offset = offsets is null || row == 0 ? 0 : double.Parse(offsets[row], CultureInfo.InvariantCulture);
            var value = predictions[row];
            if (row > 0 && withOffset && lightgbm && prediction is null)
                value = Math.Exp(double.Parse(value, CultureInfo.InvariantCulture) + offset)
                    .ToString("R", CultureInfo.InvariantCulture);
            if (row > 0 && exponent)
                value = Math.Exp(double.Parse(value, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture);
            lines.Add(
                row == 0
                    ? inputs[0] + ",years,prediction"
                    : string.Create(CultureInfo.InvariantCulture, $"{inputs[row]},{Math.Exp(offset):R},{value}")
            );
        }
        return folder.File("scored.csv", string.Join('\n', lines) + "\n");
    }

    /// <summary>Levels of the oracle's categories in code order, those of one turned about.</summary>
    string Levels(string name, string turned)
    {
        using var about = System.Text.Json.JsonDocument.Parse(
            File.ReadAllText(SharedData.Path($"oracles/models/{name}/case.json"))
        );
        var categories = about
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Where(feature => feature.GetProperty("kind").GetString() == "category")
            .ToDictionary(
                feature => feature.GetProperty("name").GetString()!,
                feature => feature.GetProperty("levels").EnumerateArray().Select(level => level.GetString()!).ToList()
            );
        categories[turned].Reverse();
        return folder.File("levels.json", System.Text.Json.JsonSerializer.Serialize(categories));
    }

    static List<string> Lines(string name, string file) => [.. File.ReadLines(SharedData.Path($"oracles/models/{name}/{file}"))];
}
