using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Halley.Bench;

/// <summary><c>bench/run AREA [--only ID] [--quick] [--json] [--save]</c>; figures measured together with those wanted are shown too.</summary>
static class BenchCommand
{
    static readonly JsonSerializerOptions Lines = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    static IReadOnlyList<IArea> Areas { get; } =
    [
        new BoostingArea(),
        new DataArea(),
        new ForecastArea(),
        new GlmArea(),
        new HonestArea(),
        new OptimiseArea(),
        new QualityArea(),
        new ReliabilityArea(),
        new RoadArea(),
        new ScoringArea(),
        new ServingArea(),
        new SmokeArea(),
    ];

    public static int Run(string[] arguments)
    {
        if (arguments is ["child", var task, .. var rest])
            return ChildTasks.Run(task, rest);
        var named = arguments.FirstOrDefault();
        if (Areas.FirstOrDefault(area => area.Name == named) is not { } chosen)
        {
            Console.Error.WriteLine(
                $"bench/run AREA [--only ID] [--quick] [--json] [--save]; areas: {string.Join(", ", Areas.Select(area => area.Name))}"
            );
            return 2;
        }
        Console.Error.WriteLine(Machine.Describe());
        var figures = new List<Figure>();
        var only = arguments.SkipWhile(argument => argument != "--only").Skip(1).FirstOrDefault();
        foreach (var figure in chosen.Measure(new(arguments.Contains("--quick"), only)))
        {
            figures.Add(figure);
            if (arguments.Contains("--json"))
                Console.WriteLine(JsonSerializer.Serialize(figure, Lines));
        }
        if (!arguments.Contains("--json"))
            Draw(figures);
        if (arguments.Contains("--save"))
            Save(chosen, figures, only is not null);
        return 0;
    }

    static void Draw(List<Figure> figures)
    {
        AnsiConsole.Profile.Width = 200;
        var table = new Table().Border(TableBorder.Simple).AddColumns("id", "value", "unit", "rival", "rival's value", "ratio");
        foreach (var figure in figures)
            table.AddRow(
                Escape(figure.Id),
                Text(figure.Value),
                Escape(figure.Unit),
                Escape(figure.Rival ?? ""),
                Text(figure.RivalValue),
                Text(figure.Ratio)
            );
        AnsiConsole.Write(table);
        foreach (var figure in figures.Where(figure => figure.Settings is not null))
            Console.WriteLine($"{figure.Id}: {figure.Settings}");
    }

    static string Escape(string text) => Markup.Escape(text);

    static string Text(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    /// <param name="beside">Whether figures saved before stay, but for those measured anew.</param>
    static void Save(IArea area, List<Figure> figures, bool beside)
    {
        var folder = Path.Combine(Shared.ProjectRoot, "bench", "results", Machine.FolderName);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{area.Name}.jsonl");
        if (beside && File.Exists(file))
            figures = [.. Joined(File.ReadLines(file), figures)];
        File.WriteAllLines(file, figures.Select(figure => JsonSerializer.Serialize(figure, Lines)));
        File.WriteAllText(Path.Combine(folder, $"{area.Name}.versions.txt"), Machine.Describe() + "\n" + Rivals.Versions());
        foreach (var (name, image) in area.Charts(figures))
            File.WriteAllBytes(Path.Combine(folder, $"{name}.png"), image);
        foreach (var (path, text) in area.Documents)
            File.WriteAllText(Path.Combine(Shared.ProjectRoot, "bench", path), text);
    }

    /// <summary>The figures saved before, those measured anew in their places, and new ones behind.</summary>
    static IEnumerable<Figure> Joined(IEnumerable<string> saved, List<Figure> figures)
    {
        var before = saved.Select(line => JsonSerializer.Deserialize<Figure>(line, Lines)!).ToArray();
        return before
            .Select(old => figures.Find(figure => figure.Id == old.Id) ?? old)
            .Concat(figures.Where(figure => before.All(old => old.Id != figure.Id)));
    }
}
