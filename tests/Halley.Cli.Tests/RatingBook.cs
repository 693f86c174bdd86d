using System.Globalization;
using System.Text.Json.Nodes;

namespace Halley.Cli.Tests;

/// <summary>A project with a small book, and a model of claim counts with one-way factors, bands and a two-way factor.</summary>
static class RatingBook
{
    public const string Model = """
        model: counts
        data: book.csv
        learner: glm
        target: claims
        family: poisson
        exposure: years
        derive:
          young: if(age < 26, 'yes', 'no')
        terms:
          - factor: zone
          - factor: young
          - bands: age
            cuts: [25, 40, 60]
          - factor: doors
          - interaction: [{ factor: zone }, { factor: fuel }]
        split: { test_share: 0.25, key: id }
        """;

    /// <summary>A tariff made elsewhere: a line for each level of the book, base value as given.</summary>
    public static string Tariff(string baseValue) =>
        $"""
            factor,level,relativity
            (base),,{baseValue}
            zone,north,1
            zone,south,1.05
            zone,coast,0.9
            zone,city,1.1
            zone,(missing),1
            doors,2,1
            doors,3,1.2
            doors,4,1.3
            doors,5,1.4

            """;

    /// <summary>A decision that asks the tariff alone.</summary>
    /// <param name="output">Its outputs, indented.</param>
    public static string Decision(string name, string output) =>
        $$"""
            decision: {{name}}
            inputs:
              id: { kind: text, role: id }
              zone: { kind: category, levels: [north, south, coast, city], missing: missing }
              doors: { kind: number }
            models:
              price: tariff@latest
            outputs:
              {{output}}
            """;

    /// <summary>Brings a tariff in as a model of the book's claims.</summary>
    public static Task<CommandRun> ImportAsync(TemporaryFolder folder, string file, string name, params string[] more) =>
        Command.RunAsync([
            "rating",
            "import",
            file,
            "--out",
            name,
            "--data",
            "book.csv",
            "--target",
            "claims",
            "--exposure",
            "years",
            "--project",
            folder.Path,
            .. more,
        ]);

    /// <summary>Models of one peril, each with factors that the others lack.</summary>
    public static string Peril(string name, string target, string family, string terms) =>
        $"model: {name}\ndata: book.csv\nlearner: glm\ntarget: {target}\nfamily: {family}\n"
        + (family == "poisson" ? "exposure: years\n" : "where: claims > 0\n")
        + $"terms: [{terms}]\n";

    static readonly string[] Zones = ["north", "south", "coast", "city"];
    static readonly string[] Fuels = ["diesel", "petrol"];

    public static void Write(TemporaryFolder folder, int rows = 2400)
    {
        folder.File("halley.yaml", "");
        folder.File("models/counts.yaml", Model);
        folder.File("book.csv", Text(rows));
    }

    /// <summary>Rows in which every combination of zone, fuel and age group is met; each tenth row has no zone.</summary>
    public static string Text(int rows)
    {
        var lines = new List<string> { "id,zone,fuel,age,doors,years,claims,cost,glass,panes,total" };
        for (var row = 0; row < rows; row++)
        {
            var (zone, fuel, age) = (row % 4, row / 4 % 2, 18 + row * 7 % 62);
            var claims = (row * 7919 + zone * 31 + fuel * 17) % 23 < 2 + zone + fuel + (age < 26 ? 2 : 0) ? 1 : 0;
            var (cost, glass, panes) = (900 + row * 37 % 400 + fuel * 300, row * 5 % 7 == 0 ? 1 : 0, 150 + zone * 40 + row % 90);
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"p{row},{(row % 10 == 3 ? "" : Zones[zone])},{Fuels[fuel]},{age},{2 + row / 8 % 4},{0.25 + row % 4 * 0.25},{claims},{cost},{glass},{panes},{claims * cost + glass * panes}"
                )
            );
        }
        return string.Join('\n', lines) + "\n";
    }

    public static async Task<JsonNode> JsonAsync(TemporaryFolder folder, int status, params string[] arguments)
    {
        var run = await Command.RunAsync([.. arguments, "--project", folder.Path, "--json"]);
        Assert.True(run.Status == status, run.Output + run.Messages);
        return JsonNode.Parse(run.Output)!;
    }

    public static async Task<List<double>> PredictAsync(TemporaryFolder folder, string model)
    {
        var path = Path.Combine(folder.Path, $"{model}.scores.csv");
        await JsonAsync(folder, 0, "predict", model, "--data", "book.csv", "--out", path);
        var lines = File.ReadLines(path).ToList();
        var column = lines[0].Split(',').ToList().IndexOf("prediction");
        return [.. lines.Skip(1).Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture))];
    }
}
