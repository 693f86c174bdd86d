namespace Halley.Cli.Tests;

/// <summary>A fit on top of the tariff in force.</summary>
public sealed class RatingOffsetTests : IDisposable
{
    const string Tariff = """
        factor,level,relativity
        (base),,0.3
        zone,city,1.4
        zone,coast,1.2
        zone,north,1
        zone,south,1.1
        zone,(missing),1
        zone,(unknown),2
        fuel,petrol,1
        fuel,diesel,1.3

        """;

    const string Correction = """
        model: correction
        data: book.csv
        learner: glm
        target: claims
        family: poisson
        exposure: years
        offset: { model: tariff }
        terms: [{ factor: zone }, { bands: age, cuts: [26] }]
        """;

    readonly TemporaryFolder folder = new();

    public RatingOffsetTests() => RatingBook.Write(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_tariff_in_force_is_the_offset_of_a_fit_and_part_of_its_artefact()
    {
        await ImportAsync();
        folder.File("models/correction.yaml", Correction);
        var fit = await RatingBook.JsonAsync(folder, 0, "fit", "correction");

        // The same fit with the tariff's prediction as a column of the data.
        var rows = File.ReadAllLines(Path.Combine(folder.Path, "book.csv"));
        var tariff = await RatingBook.PredictAsync(folder, "tariff");
        var years = rows.Skip(1)
            .Select(row => double.Parse(row.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        var scored = rows.Select(
            (row, i) =>
                row
                + ","
                + (
                    i == 0
                        ? "score"
                        : Math.Log(tariff[i - 1] / years[i - 1]).ToString("R", System.Globalization.CultureInfo.InvariantCulture)
                )
        );
        folder.File("scored.csv", string.Join('\n', scored) + "\n");
        folder.File(
            "models/by-column.yaml",
            Correction
                .Replace("model: correction", "model: by-column", StringComparison.Ordinal)
                .Replace("book.csv", "scored.csv", StringComparison.Ordinal)
                .Replace("{ model: tariff }", "score", StringComparison.Ordinal)
        );
        await RatingBook.JsonAsync(folder, 0, "fit", "by-column");
        var (own, column) = (await RatingBook.PredictAsync(folder, "correction"), Path.Combine(folder.Path, "column.csv"));
        await RatingBook.JsonAsync(folder, 0, "predict", "by-column", "--data", "scored.csv", "--out", column);
        var expected = File.ReadLines(column)
            .Skip(1)
            .Select(line => double.Parse(line.Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        for (var row = 0; row < own.Count; row++)
            Assert.Equal(expected[row], own[row], 1e-9 * expected[row]);

        var view = await RatingBook.JsonAsync(folder, 0, "rating", "show", "correction");
        Assert.Equal(
            ["zone", "age", "tariff: zone", "tariff: fuel"],
            view["factors"]!.AsArray().Select(factor => (string)factor!["factor"]!)
        );
        await RatingBook.JsonAsync(folder, 0, "runs", "reproduce", (string)fit.AsArray()[0]!["run"]!);
        File.Delete(Path.Combine(folder.Path, ".halley", "models", "tariff.hlm"));
        Assert.Equal(own, await RatingBook.PredictAsync(folder, "correction"));
    }

    [Fact]
    public async Task A_fit_without_the_model_that_it_stands_on_says_so()
    {
        folder.File("models/correction.yaml", Correction);

        var run = await Command.RunAsync("fit", "correction", "--project", folder.Path);

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY7013", run.Messages);
    }

    [Fact]
    public async Task A_search_does_not_pass_over_the_offset()
    {
        folder.File("models/correction.yaml", Correction);

        var run = await Command.RunAsync("search", "interactions", "correction", "--project", folder.Path);

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY3463: model 'correction' stands on model 'tariff'", run.Messages);
    }

    [Fact]
    public async Task Trees_stand_on_the_tariff_and_serve_alone()
    {
        await ImportAsync();
        folder.File(
            "models/trees.yaml",
            "model: trees\ndata: book.csv\nlearner: boosting\ntarget: claims\nfamily: poisson\nexposure: years\noffset: { model: tariff }\nfeatures: [age]\noptions: { rounds: 20 }\n"
        );

        var fit = await RatingBook.JsonAsync(folder, 0, "fit", "trees");

        await RatingBook.JsonAsync(folder, 0, "runs", "reproduce", (string)fit.AsArray()[0]!["run"]!);
        await RatingBook.JsonAsync(folder, 0, "tune", "trees", "--trials", "2", "--folds", "2", "--rounds", "10");
        fit = await RatingBook.JsonAsync(folder, 0, "fit", "trees");
        var (own, tariff) = (await RatingBook.PredictAsync(folder, "trees"), await RatingBook.PredictAsync(folder, "tariff"));
        // The trees read the age alone: rows of one age are moved by one factor, whatever the tariff says of them.
        var ages = File.ReadLines(Path.Combine(folder.Path, "book.csv")).Skip(1).Select(row => row.Split(',')[3]);
        var factors = ages.Select((age, row) => (age, factor: own[row] / tariff[row])).GroupBy(pair => pair.age).ToList();
        foreach (var group in factors)
            Assert.Equal(group.Min(pair => pair.factor), group.Max(pair => pair.factor), 1e-12);
        Assert.True(factors.Select(group => group.First().factor).Distinct().Count() > 5);
        File.Delete(Path.Combine(folder.Path, ".halley", "models", "tariff.hlm"));
        Assert.Equal(own, await RatingBook.PredictAsync(folder, "trees"));
    }

    async Task ImportAsync()
    {
        var file = folder.File("tariff.csv", Tariff);
        await RatingBook.JsonAsync(
            folder,
            0,
            ["rating", "import", file, "--out", "tariff", "--data", "book.csv", "--target", "claims", "--exposure", "years"]
        );
    }
}
