using Halley.Registry;

namespace Halley.Chaos;

public sealed class DecisionKillTests
{
    const string Callers = "32";

    [Fact]
    public async Task Killed_at_any_moment_no_acknowledged_record_is_lost_and_the_chain_verifies()
    {
        using var folder = new ChaosFolder();
        var random = new Random(KillSettings.Seed);
        var said = new Said();
        for (var kill = 0; kill < KillSettings.Kills; kill++)
        {
            using (var victim = VictimProcess.Start("decide", folder.Path, $"run{kill}", Callers))
            {
                await KillSettings.WaitAsync(random, victim, 2000);
                said.Add(await victim.KillAsync());
            }
            await using var store = new LocalStore(folder.Path, TimeProvider.System);
            await said.AssertKeptAsync(store);
            await AssertRetriesAsync(store, said, random);
        }
        Assert.NotEmpty(said.Decided);
        Assert.NotEmpty(said.Shadows);
        Assert.NotEmpty(said.Outcomes);
        await using var last = new LocalStore(folder.Path, TimeProvider.System);
        await AssertCountedOnceAsync(last, said);
    }

    [Fact]
    public async Task Processes_on_one_store_append_side_by_side_and_share_the_keys_of_retries()
    {
        using var folder = new ChaosFolder();
        var victims = Enumerable.Range(0, 3).Select(_ => VictimProcess.Start("decide", folder.Path, "shared", Callers)).ToList();
        var said = victims.Select(_ => new Said()).ToList();
        foreach (var victim in victims)
            await victim.SaidAsync(500);
        // One is killed among the others, which end in order.
        said[0].Add(await victims[0].KillAsync());
        said[1].Add(await victims[1].StopAsync());
        said[2].Add(await victims[2].StopAsync());
        Assert.Equal(0, victims[1].ExitCode);
        await using var store = new LocalStore(folder.Path, TimeProvider.System);
        foreach (var one in said)
            await one.AssertKeptAsync(store);
        // All three sent the same keys: whoever was answered, was answered with the same decision.
        foreach (var answers in said.SelectMany(one => one.Decided).GroupBy(decided => decided.Key))
            Assert.Single(answers.Select(answer => answer.Value).Distinct());
        Assert.Contains(said[1].Decided, decided => said[2].Decided.ContainsKey(decided.Key));
        victims.ForEach(victim => victim.Dispose());
    }

    /// <summary>A caller that got no answer sends again: it gets one decision, and the one it was promised where it was.</summary>
    static async Task AssertRetriesAsync(LocalStore store, Said said, Random random)
    {
        await using var log = store.OpenLog();
        foreach (var key in said.Tried.Where(key => !said.Decided.ContainsKey(key)).ToList())
        {
            var first = await log.AppendAsync(DecideWork.Decision(log.NewId(), key));
            Assert.NotEqual(AppendStatus.Conflict, first.Status);
            said.Decided.Add(key, first.Record.Id);
        }
        foreach (var (key, id) in said.Decided.OrderBy(_ => random.Next()).Take(20))
        {
            var again = await log.AppendAsync(DecideWork.Decision(log.NewId(), key));
            Assert.Equal((AppendStatus.Repeated, id), (again.Status, again.Record.Id));
        }
    }

    static async Task AssertCountedOnceAsync(LocalStore store, Said said)
    {
        var keys = new HashSet<string>();
        await foreach (var decision in store.LogReader.DecisionsAsync(new()))
            Assert.True(keys.Add(decision.RequestKey!), $"{decision.RequestKey} was logged twice");
        Assert.Equal(said.Tried.Order(), keys.Order());
    }
}
