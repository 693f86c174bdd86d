namespace Halley.Simulation;

/// <summary>Histories share SQLite's one table of functions, so they run one after the other.</summary>
public sealed class SimulationTests
{
    [Fact]
    public async Task In_every_history_every_promise_holds()
    {
        var (steps, kinds) = (0, new HashSet<string>());
        for (var i = 0; i < HistorySettings.Histories; i++)
        {
            var settings = new HistorySettings(HistorySettings.FirstSeed + i);
            var result = await History.RunAsync(settings);
            Assert.True(
                result.Failure is null,
                $"seed {settings.Seed}, {result.Failure}. Repeat with HALLEY_SIMULATION_SEED={settings.Seed} HALLEY_SIMULATION_HISTORIES=1.\n{string.Join('\n', result.Trace.TakeLast(25))}"
            );
            steps += result.Trace.Count;
            kinds.UnionWith(result.Trace.Select(Kind));
        }
        Assert.Equal(HistorySettings.Histories * new HistorySettings(1).Operations, steps);
        // The histories hold what they are meant to hold: a quiet simulator proves nothing.
        foreach (
            var kind in new[]
            {
                "decided",
                "repeated",
                "power cut",
                "kill",
                "HLY5002",
                "HLY5006",
                "answer lost",
                "Promote",
                "Rollback",
            }
        )
            Assert.Contains(kind, kinds);
    }

    [Theory]
    [InlineData("sync", "is lost|does not start again|is broken")]
    [InlineData("keys", "was answered with two decisions|was decided twice")]
    [InlineData("promotion", "a promotion took effect in changes|is not the one that was acknowledged|gave [0-9]+ too")]
    [InlineData("refresh", "looked and answers by change")]
    public async Task A_planted_bug_is_found_and_its_seed_finds_it_again(string bug, string failure)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var settings = new HistorySettings(seed)
            {
                SkipsSync = bug == "sync",
                ForgetsKeys = bug == "keys",
                PromotesTwice = bug == "promotion",
                NeverRefreshes = bug == "refresh",
            };
            var result = await History.RunAsync(settings);
            if (result.Failure is null)
                continue;
            Assert.Matches(failure, result.Failure);
            var again = await History.RunAsync(settings);
            Assert.Equal(result.Trace, again.Trace);
            Assert.Equal(result.Failure, again.Failure);
            return;
        }
        Assert.Fail($"ten histories did not find the planted bug '{bug}'");
    }

    static string Kind(string line) =>
        new[]
        {
            "answer lost",
            "power cut",
            "kill",
            "HLY5002",
            "HLY5006",
            "Promote",
            "Rollback",
            "decided",
            "repeated",
        }.FirstOrDefault(line.Contains) ?? line;
}
