using System.Text.RegularExpressions;

namespace Halley.Cli.Tests;

/// <summary>The guide to rating tables, run as it is written.</summary>
public sealed partial class RatingGuideTests : IDisposable
{
    readonly TemporaryFolder folder = new();

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
    }

    async Task RunAsync(string line)
    {
        var words = Word().Matches(line).Select(word => word.Value.Trim('"')).Skip(1);
        // Files stand in the project's folder, as for a reader of the guide.
        var run = await Command.RunAsync([
            .. words.Select(word =>
                word is "tariff.csv" or "tariff.xlsx" or "rating-map.yaml" ? Path.Combine(folder.Path, word) : word
            ),
            "--project",
            folder.Path,
        ]);
        Assert.True(run.Status == 0, $"{line}\n{run.Output}{run.Messages}");
    }

    [GeneratedRegex(@"```(yaml|sh)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^# (\S+)")]
    private static partial Regex Name();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
