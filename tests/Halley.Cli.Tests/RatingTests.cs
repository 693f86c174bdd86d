using System.Globalization;
using System.Text.Json.Nodes;

namespace Halley.Cli.Tests;

/// <summary>A rating table out of a model with proof, and a tariff from a file into a model.</summary>
public sealed class RatingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public RatingTests() => RatingBook.Write(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_table_shows_every_level_with_base_interval_and_exposure()
    {
        await FitAsync();

        var view = await RatingBook.JsonAsync(folder, 0, "rating", "show", "counts");

        var factors = view["factors"]!
            .AsArray()
            .ToDictionary(factor => (string)factor!["factor"]!, factor => factor!["levels"]!.AsArray());
        Assert.Equal(["zone", "young", "age", "doors", "zone:fuel"], factors.Keys);
        Assert.Equal(["city", "coast", "north", "south", "(missing)"], factors["zone"].Select(level => (string)level!["level"]!));
        Assert.Equal(["<25", "[25,40)", "[40,60)", ">=60"], factors["age"].Select(level => (string)level!["level"]!));
        Assert.Equal(10, factors["zone:fuel"].Count);
        foreach (var levels in factors.Where(factor => factor.Key != "zone:fuel").Select(factor => factor.Value))
        {
            var reference = levels.Single(level => (bool)level!["is_base"]!)!;
            Assert.Equal(1, (double)reference["relativity"]!);
            Assert.All(levels, level => Assert.True((double)level!["exposure"]! > 0));
        }
        var other = factors["zone"].First(level => !(bool)level!["is_base"]!)!;
        Assert.InRange((double)other["relativity"]!, (double)other["lower"]!, (double)other["upper"]!);
        var text = await Command.RunAsync("rating", "show", "counts", "--factor", "age", "--project", folder.Path);
        Assert.Contains("1.0000", text.Output);
        Assert.DoesNotContain("zone", text.Output);
    }

    [Theory]
    [InlineData("out.csv", false)]
    [InlineData("out.xlsx", false)]
    [InlineData("out.xlsx", true)]
    [InlineData("out", true)]
    public async Task A_written_table_is_proved_and_comes_back_as_a_model_that_predicts_the_same(string file, bool byFactor)
    {
        await FitAsync();
        var path = Path.Combine(folder.Path, file);

        var proof = await RatingBook.JsonAsync(folder, 0, ["rating", "export", "counts", "--out", path, .. ByFactor(byFactor)]);

        Assert.True((double)proof["proof"]!["largest"]! < 1e-13);
        Assert.Equal(2400, (int)proof["proof"]!["rows"]!);
        await RatingBook.JsonAsync(folder, 0, "rating", "import", path, "--out", "tariff", "--like", "counts");
        var (model, tariff) = (await RatingBook.PredictAsync(folder, "counts"), await RatingBook.PredictAsync(folder, "tariff"));
        for (var row = 0; row < model.Count; row++)
            Assert.Equal(model[row], tariff[row], 1e-12 * model[row]);
        var compared = await RatingBook.JsonAsync(folder, 0, "compare", "tariff", "counts");
        Assert.Equal("rating", (string)compared["models"]![0]!["learner"]!);
        Assert.Equal((double)compared["models"]![0]!["predicted"]!, (double)compared["models"]![1]!["predicted"]!, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Too_few_decimals_fail_the_proof_with_the_worst_ten_cells(bool byFactor)
    {
        await FitAsync();
        var path = Path.Combine(folder.Path, "rough.xlsx");

        var proof = await RatingBook.JsonAsync(
            folder,
            1,
            ["rating", "export", "counts", "--out", path, "--decimals", "2", .. ByFactor(byFactor)]
        );

        var worst = proof["proof"]!["worst"]!.AsArray();
        Assert.Equal(10, worst.Count);
        Assert.Equal((double)proof["proof"]!["largest"]!, Math.Abs((double)worst[0]!["difference"]!), 1e-15);
        Assert.True((double)proof["proof"]!["largest"]! > 0.001);
        Assert.InRange((double)proof["proof"]!["mean"]!, 1e-6, (double)proof["proof"]!["largest"]!);
        Assert.Equal("zone", (string)worst[0]!["levels"]![0]!["key"]!);
        var enough = await RatingBook.JsonAsync(
            folder,
            0,
            ["rating", "export", "counts", "--out", path, "--decimals", "6", .. ByFactor(byFactor)]
        );
        Assert.True((double)enough["proof"]!["largest"]! > 0);
    }

    [Fact]
    public async Task A_name_that_says_another_kind_of_file_is_refused()
    {
        await FitAsync();

        var run = await Command.RunAsync("rating", "export", "counts", "--out", "tariff.pdf", "--project", folder.Path);

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY7088: --out tariff.pdf: a rating table is written as .csv or .xlsx", Command.Plain(run.Messages));
    }

    [Fact]
    public async Task Territories_are_levels_smooths_points_of_their_curve_and_products_with_numbers_are_listed()
    {
        folder.File(
            "models/smooth.yaml",
            """
            model: smooth
            data: book.csv
            learner: glm
            target: claims
            family: poisson
            exposure: years
            rules: { zone: { missing: north } }
            terms:
              - factor: fuel
              - interaction: [{ factor: fuel }, { number: doors }]
              - territory: zone
                neighbours: { north: [city], city: [south, coast] }
              - smooth: age
                size: 8
            """
        );
        await RatingBook.JsonAsync(folder, 0, "fit", "smooth");

        var view = await RatingBook.JsonAsync(folder, 0, "rating", "show", "smooth");

        Assert.Equal(["fuel", "mrf(zone)"], view["factors"]!.AsArray().Select(factor => (string)factor!["factor"]!));
        var numbers = view["numbers"]!
            .AsArray()
            .ToDictionary(term => (string)term!["factor"]!, term => term!["levels"]!.AsArray());
        Assert.Equal(["fuel:doors", "s(age)"], numbers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(15, numbers["s(age)"].Count);
        Assert.Equal("18", (string)numbers["s(age)"][0]!["level"]!);
        Assert.All(
            numbers["s(age)"],
            point => Assert.InRange((double)point!["relativity"]!, (double)point["lower"]!, (double)point["upper"]!)
        );
    }

    [Fact]
    public async Task A_map_gives_the_engines_columns_words_and_decimals_and_is_read_back()
    {
        await FitAsync();
        var map = folder.File(
            "rating-map.yaml",
            """
            columns: { factor: Variable, column: Field, level: Value, from: From, to: To, column2: Field2, level2: Value2, relativity: Factor, exposure: Years }
            factors: { age: DRIVER_AGE }
            decimals: 5
            base_decimals: 9
            base: BASE
            missing: UNKNOWN ZONE
            separator: ";"
            decimal_mark: ","
            """
        );
        var path = Path.Combine(folder.Path, "engine.csv");

        await RatingBook.JsonAsync(folder, 0, "rating", "export", "counts", "--out", path, "--map", map);

        var lines = File.ReadLines(path).ToList();
        Assert.Equal("Variable;Field;Value;From;To;Field2;Value2;Factor;Years", lines[0]);
        Assert.Matches(@"^BASE;;;;;;;0,\d{9};$", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("zone;zone;UNKNOWN ZONE;;;;;", StringComparison.Ordinal));
        Assert.Matches(
            @"^DRIVER_AGE;age;\[25,40\);25;40;;;\d,\d{5};\d",
            lines.Single(line => line.Contains("[25,40)", StringComparison.Ordinal))
        );
        await RatingBook.JsonAsync(folder, 0, "rating", "import", path, "--map", map, "--out", "back", "--like", "counts");
    }

    [Theory]
    [InlineData(
        "zone,city,1.1",
        "zone,City,1.1",
        "row 8: there is no line for 'city', only for 'City', which differs by case or blanks"
    )]
    [InlineData("zone,city,1.1\n", "", "row 8: there is no line for 'city'")]
    [InlineData("zone,(missing),1\n", "", "row 4: the value is missing, and there is no line '(missing)'")]
    [InlineData("doors,3,1.2", "doors,3.5,1.2", "factor 'doors', column 'doors', row 9: there is no line for '3'")]
    public async Task A_level_of_the_data_without_a_line_is_refused_with_its_row(string line, string changed, string problem)
    {
        var file = folder.File("tariff.csv", Tariff.Replace(line, changed, StringComparison.Ordinal));

        var run = await ImportAsync(file);

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY2142", run.Messages);
        Assert.Contains(problem, run.Output);
        Assert.False(File.Exists(Path.Combine(folder.Path, ".halley", "models", "tariff.hlm")));
    }

    [Fact]
    public async Task A_tariff_made_elsewhere_prices_as_its_file_says()
    {
        var run = await ImportAsync(folder.File("tariff.csv", Tariff));

        Assert.True(run.Status == 0, run.Output + run.Messages);
        var predicted = await RatingBook.PredictAsync(folder, "tariff");
        // Row 1: north, 2 doors, 0.25 years. Row 14: no zone, 3 doors, 0.5 years.
        Assert.Equal(0.1 * 1 * 1 * 0.25, predicted[0], 1e-15);
        Assert.Equal(0.1 * 1 * 1.2 * 0.5, predicted[13], 1e-15);
        var runs = await RatingBook.JsonAsync(folder, 0, "runs", "list");
        Assert.Equal("import", (string)runs.AsArray()[0]!["kind"]!);
    }

    [Fact]
    public async Task A_line_for_unknown_levels_takes_them_but_no_misspelt_one()
    {
        var file = folder.File("tariff.csv", Tariff + "zone,(unknown),1.5\n");
        Assert.Equal(0, (await ImportAsync(file)).Status);
        folder.File("quotes.csv", "zone,doors,years\nisland,2,1\ncity,2,1\n,2,1\n");
        var scores = Path.Combine(folder.Path, "scores.csv");

        await RatingBook.JsonAsync(folder, 0, "predict", "tariff", "--data", "quotes.csv", "--out", scores);

        Assert.Equal([0.15, 0.11, 0.1], File.ReadLines(scores).Skip(1).Select(Last), Near);
        var misspelt = folder.File(
            "misspelt.csv",
            Tariff.Replace("zone,city", "zone,CITY", StringComparison.Ordinal) + "zone,(unknown),1.5\n"
        );
        var refused = await ImportAsync(misspelt);
        Assert.Equal(2, refused.Status);
        Assert.Contains("only for 'CITY', which differs by case or blanks", refused.Output);
    }

    [Fact]
    public async Task Rules_for_missing_and_unseen_values_have_lines_that_price_alike()
    {
        folder.File("models/counts.yaml", RatingBook.Model + "\nrules: { zone: { missing: north, unseen: city } }\n");
        await FitAsync();
        folder.File("quotes.csv", RatingBook.Text(40).Replace("coast", "island", StringComparison.Ordinal));
        var path = Path.Combine(folder.Path, "ruled.csv");

        var proof = await RatingBook.JsonAsync(folder, 0, "rating", "export", "counts", "--out", path, "--data", "quotes.csv");

        Assert.True((double)proof["proof"]!["largest"]! < 1e-13);
        var relativities = File.ReadLines(path)
            .Select(line => line.Split(','))
            .Where(cells => cells[0] == "zone")
            .ToDictionary(cells => cells[2], cells => cells[5]);
        Assert.Equal(relativities["north"], relativities["(missing)"]);
        Assert.Equal(relativities["city"], relativities["(unknown)"]);
        Assert.Equal(6, relativities.Count);
    }

    [Fact]
    public async Task Bands_may_come_as_numbers_from_and_to()
    {
        var file = folder.File(
            "bands.csv",
            "factor;from;to;level;relativity\n(base);;;;0,1\nage;;25;;1,5\nage;25;60;;1\nage;60;;;0,8\ndoors;2;2;;1\ndoors;3;3;;1\ndoors;4;4;;1\ndoors;5;5;;1,1\nfuel;;;diesel;1,2\nfuel;;;petrol;1\n"
        );
        var map = folder.File("map.yaml", "separator: ';'\ndecimal_mark: ','\n");

        var run = await ImportAsync(file, "--map", map);

        Assert.True(run.Status == 0, run.Output + run.Messages);
        // Row 1: 18 years, diesel, 2 doors, 0.25 years.
        Assert.Equal(0.1 * 1.5 * 1.2 * 0.25, (await RatingBook.PredictAsync(folder, "tariff"))[0], 1e-15);
    }

    [Fact]
    public async Task A_decision_is_priced_by_an_imported_tariff()
    {
        Assert.Equal(0, (await ImportAsync(folder.File("tariff.csv", Tariff))).Status);
        folder.File("decisions/quote.yaml", RatingBook.Decision("quote", "claims: { value: price }"));
        var input = folder.File("input.json", """{"id":"1","zone":"city","doors":3}""");

        var decided = await RatingBook.JsonAsync(folder, 0, "decide", "quote", "--input", input);

        Assert.Equal(0.1 * 1.1 * 1.2, (double)decided["outputs"]!["claims"]!, 1e-15);
    }

    [Fact]
    public async Task A_cover_page_is_left_out_only_where_the_map_says_so()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "sheets"));
        folder.File("sheets/(base).csv", "relativity\n0.1\n");
        folder.File("sheets/zone.csv", "zone,relativity\nnorth,1\nsouth,1.05\ncoast,0.9\ncity,1.1\n(missing),1\n");
        folder.File("sheets/grid.csv", "doors \\ fuel,diesel,petrol\n2,1,1.1\n3,1.2,1.3\n4,1.4,1.5\n5,1.6,1.7\n");
        folder.File("sheets/Notes.csv", "what\nanything\n");
        var sheets = Path.Combine(folder.Path, "sheets");
        var refused = await ImportAsync(sheets);
        Assert.Equal(2, refused.Status);
        Assert.Contains("'Notes', row 1: there is no column 'relativity'", refused.Output);

        var run = await ImportAsync(sheets, "--map", folder.File("map.yaml", "ignore: [Notes]\n"));

        Assert.True(run.Status == 0, run.Output + run.Messages);
        // Row 2: south, 2 doors, diesel, 0.5 years.
        Assert.Equal(0.1 * 1.05 * 1 * 0.5, (await RatingBook.PredictAsync(folder, "tariff"))[1], 1e-15);
    }

    [Fact]
    public async Task An_unlisted_level_has_no_price_when_served()
    {
        Assert.Equal(0, (await ImportAsync(folder.File("tariff.csv", Tariff))).Status);
        folder.File("quotes.csv", "zone,doors,years\nisland,2,1\n");

        var run = await Command.RunAsync(
            "predict",
            "tariff",
            "--data",
            "quotes.csv",
            "--out",
            Path.Combine(folder.Path, "scores.csv"),
            "--project",
            folder.Path
        );

        Assert.Equal(2, run.Status);
        Assert.Contains("island", run.Messages);
    }

    [Theory]
    [InlineData("zone,north,1\n", "zone,north,1\nzone,north,2\n", "'tariff', row 4: factor 'zone' has this level twice")]
    [InlineData("zone,north,1\n", "zone,north,one\n", "'tariff', row 3: relativity 'one' is not a number")]
    [InlineData("zone,north,1\n", "zone,north,0\n", "'tariff', row 3: relativity 0, where a number above 0 is needed")]
    [InlineData("(base),,0.1\n", "", "0 lines have the factor '(base)', and one holds the base value")]
    public async Task A_file_that_is_no_table_is_refused_with_place_and_value(string line, string changed, string problem)
    {
        var run = await ImportAsync(folder.File("tariff.csv", Tariff.Replace(line, changed, StringComparison.Ordinal)));

        Assert.Equal(2, run.Status);
        Assert.Contains(problem, run.Output);
    }

    [Fact]
    public async Task A_damaged_workbook_is_refused()
    {
        var run = await ImportAsync(folder.File("tariff.xlsx", "PK no workbook"));

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY1514", run.Messages);
    }

    [Fact]
    public async Task Edits_are_kept_switched_and_taken_back_to_the_bit()
    {
        await FitAsync();
        var first = await EditAsync("counts", "--out", "signed", "--factor", "doors", "--set", "4=1.25", "--why", "market");
        Assert.Equal("market", (string)first["edits"]![0]!["reason"]!);
        Assert.Equal(1.25, Math.Exp((double)first["edits"]![0]!["changes"]![0]!["after"]!), 1e-15);
        await EditAsync("signed", "--factor", "age", "--smooth", "5", "--why", "age curve");
        await EditAsync("signed", "--factor", "zone", "--group", "north", "south", "--why", "one region");
        var edited = await EditAsync("signed", "--factor", "doors", "--round", "2", "--why", "engine");
        Assert.Equal(["set", "smooth", "group", "round"], edited["edits"]!.AsArray().Select(edit => (string)edit!["kind"]!));
        var view = await RatingBook.JsonAsync(folder, 0, "rating", "show", "signed");
        Assert.Equal(1.25, Relativity(view, "doors", "4"), 1e-15);
        Assert.Equal(Relativity(view, "zone", "north"), Relativity(view, "zone", "south"));
        Assert.Contains(
            view["factors"]!.AsArray().Single(factor => (string)factor!["factor"]! == "age")!["levels"]!.AsArray(),
            level => (double)level!["relativity"]! == 1
        );

        // The table times exposure is what the model predicts.
        var predicted = await RatingBook.PredictAsync(folder, "signed");
        var line = File.ReadLines(Path.Combine(folder.Path, "book.csv")).ElementAt(1).Split(',');
        var price =
            (double)view["base"]!
            * Relativity(view, "zone", line[1])
            * Relativity(view, "young", "yes")
            * Relativity(view, "age", "<25")
            * Relativity(view, "doors", line[4])
            * Relativity(view, "zone:fuel", $"{line[1]}:{line[2]}")
            * double.Parse(line[5], CultureInfo.InvariantCulture);
        Assert.Equal(price, predicted[0], 1e-14 * price);
        var proof = await RatingBook.JsonAsync(
            folder,
            0,
            "rating",
            "export",
            "signed",
            "--out",
            Path.Combine(folder.Path, "signed.csv")
        );
        Assert.Equal(0, (double)proof["proof"]!["largest"]!);

        await EditAsync("signed", "--off", "2", "3", "4");
        var one = await RatingBook.JsonAsync(folder, 0, "rating", "show", "signed");
        Assert.Equal(1.25, Relativity(one, "doors", "4"), 1e-15);
        var none = await EditAsync("signed", "--off", "1");
        Assert.All(none["edits"]!.AsArray(), edit => Assert.True((bool)edit!["is_off"]!));
        Assert.Equal(await RatingBook.PredictAsync(folder, "counts"), await RatingBook.PredictAsync(folder, "signed"));
    }

    [Theory]
    [InlineData("HLY7069: an edit by hand has a reason", "--out", "x", "--factor", "zone", "--set", "city=1.1")]
    [InlineData("HLY7066: 'counts' is a fit", "--factor", "zone", "--set", "city=1.1", "--why", "y")]
    [InlineData("HLY7065: there is nothing to do", "--out", "x")]
    [InlineData("HLY7067: there is no edit 3", "--out", "x", "--off", "3")]
    [InlineData("factor 'zone' has no level 'City'", "--out", "x", "--factor", "zone", "--set", "City=1.1", "--why", "y")]
    [InlineData("there is no factor 'zones'", "--out", "x", "--factor", "zones", "--set", "city=1.1", "--why", "y")]
    [InlineData(
        "only a factor of bands or of numbers can be smoothed",
        "--out",
        "x",
        "--factor",
        "zone",
        "--smooth",
        "1",
        "--why",
        "y"
    )]
    public async Task An_edit_that_can_not_be_made_says_why(string problem, params string[] arguments)
    {
        await FitAsync();

        var run = await Command.RunAsync(["rating", "edit", "counts", .. arguments, "--project", folder.Path]);

        Assert.Equal(2, run.Status);
        Assert.Contains(problem, run.Messages.ReplaceLineEndings(" "));
    }

    static readonly string Tariff = RatingBook.Tariff("0.1");

    static string[] ByFactor(bool byFactor) => byFactor ? ["--by-factor"] : [];

    static double Relativity(JsonNode view, string factor, string level) =>
        (double)
            view["factors"]!.AsArray().Single(own => (string)own!["factor"]! == factor)!["levels"]!
                .AsArray()
                .Single(own => (string)own!["level"]! == level)!["relativity"]!;

    static double Last(string line) => double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture);

    static bool Near(double one, double other) => Math.Abs(one - other) < 1e-14;

    Task FitAsync() => RatingBook.JsonAsync(folder, 0, "fit", "counts");

    Task<JsonNode> EditAsync(string model, params string[] arguments) =>
        RatingBook.JsonAsync(folder, 0, ["rating", "edit", model, .. arguments]);

    Task<CommandRun> ImportAsync(string file, params string[] more) =>
        RatingBook.ImportAsync(folder, file, "tariff", ["--json", .. more]);
}
