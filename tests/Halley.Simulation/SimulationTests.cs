using System.Collections.Concurrent;

namespace Halley.Simulation;

/// <summary>Histories have disks of their own; as many run side by side as there are processors.</summary>
public sealed class SimulationTests
{
    [Fact]
    public async Task In_every_history_every_promise_holds()
    {
        var (steps, kinds) = (0, new ConcurrentDictionary<string, bool>());
        var seeds = Enumerable.Range(HistorySettings.FirstSeed, HistorySettings.Histories);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(
            seeds,
            options,
            async (seed, _) =>
            {
                var result = await History.RunAsync(new(seed));
                Assert.True(
                    result.Failure is null,
                    $"seed {seed}, {result.Failure}. Repeat with HALLEY_SIMULATION_SEED={seed} HALLEY_SIMULATION_HISTORIES=1.\n{string.Join('\n', result.Trace.TakeLast(25))}"
                );
                Interlocked.Add(ref steps, result.Trace.Count);
                foreach (var line in result.Trace)
                    kinds[Kind(line)] = true;
            }
        );
        Assert.Equal(HistorySettings.Histories * new HistorySettings(1).Operations, steps);
        // The histories hold what they are meant to hold: a quiet simulator proves nothing.
        Assert.Empty(Kinds.Except(kinds.Keys));
    }

    /// <summary>The more particular a kind is, the further in front it stands.</summary>
    static readonly string[] Kinds =
    [
        "power cut in the middle",
        "power cut",
        "kill",
        "answer lost",
        "delivered twice, 0 taken",
        "HLY5002",
        "HLY5006",
        "canary: HLY5203",
        "change: HLY5203",
        "canary: Widen",
        "canary: aborted",
        "started by change",
        "Challenger",
        "Shadow",
        "Promote",
        "Rollback",
        "the clock jumps",
        "the clock is set back",
        "request delayed",
        "late decide",
        "decided",
        "repeated",
    ];

    [Theory]
    [InlineData("sync", "is lost|does not start again|is broken")]
    [InlineData("keys", "was answered with two decisions|was decided twice")]
    [InlineData("promotion", "a promotion took effect in changes|is not the one that was acknowledged|gave [0-9]+ too")]
    [InlineData("refresh", "looked and answers by change")]
    [InlineData("outcomes", "counts twice")]
    [InlineData("shadow", "nobody asked")]
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
                DoublesOutcomes = bug == "outcomes",
                ShadowsDecide = bug == "shadow",
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

    static string Kind(string line) => Kinds.FirstOrDefault(line.Contains) ?? line;
}
