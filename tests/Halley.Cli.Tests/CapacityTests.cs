using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Halley.Cli.Tests;

public class CapacityTests
{
    const string Decision = """
        decision: triage
        inputs:
          claim: { kind: text, role: id }
          amount: { kind: number, minimum: 0, maximum: 100000 }
        actions: [pay, look]
        triage:
          expected_per_day: 20
          lanes:
            # Investigators.
            - name: look
              action: look
              saving: amount * 0.1   # on average
              cost: "40"
              capacity_per_day: 2
              net_quantiles: { 0: -40, 1: 500 }
        outputs:
          amount: { value: amount }
        fallback: { order: [refer], refer_action: look }

        """;

    static string Claims(TemporaryFolder folder)
    {
        var text = new StringBuilder("claim,amount\n");
        for (var row = 0; row < 2000; row++)
            text.AppendLine(CultureInfo.InvariantCulture, $"c{row},{(row * 7919) % 2000}");
        return folder.File("claims.csv", text.ToString());
    }

    static string[] Arguments(TemporaryFolder folder, string claims, params string[] more) =>
        [
            "capacity",
            "triage",
            "--project",
            folder.Path,
            "--data",
            claims,
            "--per-week",
            "140",
            "--hours",
            "30",
            "--hours-per-record",
            "5",
            .. more,
        ];

    [Fact]
    public async Task A_threshold_that_staff_can_keep_up_with_is_found_and_pinned()
    {
        using var folder = new TemporaryFolder();
        folder.File("halley.yaml", "project: triage\n");
        var (claims, path) = (Claims(folder), folder.File("decisions/triage.yaml", Decision));

        var run = await Command.RunAsync(Arguments(folder, claims, "--lane", "look", "--staff", "2", "--write", "--json"));

        Assert.True(run.Status == 0, run.Messages + run.Output);
        var found = JsonDocument.Parse(run.Output).RootElement.GetProperty("found");
        var threshold = found.GetProperty("threshold").GetDouble();
        Assert.Equal(12, found.GetProperty("capacity").GetInt32());
        // 12 a week in 95 % of weeks: some 7.7 of 140 are to be expected, a share of 5.5 % of amounts that are even up to 2000.
        Assert.InRange(found.GetProperty("per_week").GetDouble(), 7, 8.2);
        Assert.InRange(threshold, 0.1 * 1880 - 40, 0.1 * 1905 - 40);
        Assert.InRange(found.GetProperty("within").GetDouble(), 0.95, 0.96);
        Assert.Equal(
            Decision.Replace(
                "- name: look\n",
                $"- name: look\n      threshold: {threshold.ToString("R", CultureInfo.InvariantCulture)}\n",
                StringComparison.Ordinal
            ),
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)
        );

        // Pinned already: a second run finds the same, and more staff open the lane further.
        var again = await Command.RunAsync(Arguments(folder, claims, "--lane", "look", "--staff", "4", "--write"));

        Assert.True(again.Status == 0, again.Messages);
        Assert.Contains("its people finish 24", Command.Plain(again.Output), StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Single(text.Split('\n'), line => line.Contains("threshold:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_can_not_do_is_told_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.File("halley.yaml", "project: triage\n");
        var flow =
            Decision[..Decision.IndexOf("    # Inv", StringComparison.Ordinal)]
            + "    - { name: look, action: look, saving: amount, cost: \"40\" }\n"
            + Decision[Decision.IndexOf("outputs:", StringComparison.Ordinal)..];
        var (claims, path) = (Claims(folder), folder.File("decisions/triage.yaml", flow));

        var unknown = await Command.RunAsync(Arguments(folder, claims, "--lane", "shelf", "--staff", "2"));
        var line = await Command.RunAsync(Arguments(folder, claims, "--lane", "look", "--staff", "2", "--write"));

        Assert.Equal(2, unknown.Status);
        Assert.Contains("no lane 'shelf'. It has look.", Command.Plain(unknown.Messages), StringComparison.Ordinal);
        Assert.Equal(2, line.Status);
        Assert.Contains("HLY7150", line.Messages, StringComparison.Ordinal);
        Assert.Contains("Add threshold: ", Command.Plain(line.Messages), StringComparison.Ordinal);
        Assert.Equal(flow, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }
}
