using System.Text.RegularExpressions;

namespace Halley.Cli.Tests;

/// <summary>The guide to rating tables, run as it is written.</summary>
public sealed partial class RatingGuideTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    /// <summary>What was asked to be promoted last.</summary>
    string request = "REQUEST";

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_command_of_the_guide_runs_on_the_French_data()
    {
        File.Copy(SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz"), Path.Combine(folder.Path, "policies.csv.gz"));
        File.Copy(SharedData.Path("data/fremtpl2/freMTPL2_clean_sev.csv.gz"), Path.Combine(folder.Path, "claims.csv.gz"));
        folder.File("halley.yaml", "");
        var guide = await File.ReadAllTextAsync(
            Path.Combine(ProjectRoot.Path, "docs", "guide", "rating.md"),
            TestContext.Current.CancellationToken
        );
        foreach (Match block in Block().Matches(guide))
        {
            if (block.Groups[1].Value == "yaml")
                folder.File(Name().Match(block.Groups[2].Value).Groups[1].Value, block.Groups[2].Value);
            else
                foreach (var line in block.Groups[2].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    await RunAsync(line);
        }
        Assert.True(File.Exists(Path.Combine(folder.Path, "tariff.csv")));
        var live = await Command.RunAsync("live", "--project", folder.Path);
        Assert.Contains("motor-price@1", live.Output);
        var paper = await File.ReadAllTextAsync(Path.Combine(folder.Path, "paper.html"), TestContext.Current.CancellationToken);
        Assert.Contains("edit 3 (off): VehBrand: cap 0.8 to 1.25; bert", paper);
    }

    async Task RunAsync(string line)
    {
        line = line.Split("   #")[0].Replace("REQUEST", request, StringComparison.Ordinal);
        var words = Word().Matches(line).Select(word => word.Value.Trim('"')).Skip(1);
        // The first to ask is answered with 1: a second person has to approve.
        var expected =
            line.Contains("--by anna", StringComparison.Ordinal) && line.Contains(" promote ", StringComparison.Ordinal) ? 1 : 0;
        // Files stand in the project's folder, as for a reader of the guide.
        var run = await Command.RunAsync([
            .. words.Select(word =>
                word is "tariff.csv" or "tariff.xlsx" or "rating-map.yaml" ? Path.Combine(folder.Path, word) : word
            ),
            .. line.Contains(" pack ", StringComparison.Ordinal)
                ? new[] { "--out", Path.Combine(folder.Path, "paper.html") }
                : [],
            "--project",
            folder.Path,
        ]);
        Assert.True(run.Status == expected, $"{line}\n{run.Output}{run.Messages}");
        if (Request().Match(Command.Plain(run.Output)) is { Success: true } asked)
            request = asked.Groups[1].Value;
    }

    [GeneratedRegex("--approve ([0-9a-f-]{36})")]
    private static partial Regex Request();

    [GeneratedRegex(@"```(yaml|sh)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^# (\S+)")]
    private static partial Regex Name();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
