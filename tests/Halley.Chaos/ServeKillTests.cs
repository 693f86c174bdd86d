using Halley.Registry;

namespace Halley.Chaos;

public sealed class ServeKillTests
{
    [Fact]
    public async Task Killed_while_it_serves_and_promotes_no_answer_is_lost_and_a_retry_is_answered_the_same()
    {
        using var folder = new ChaosFolder();
        using var callers = new Callers();
        var random = new Random(KillSettings.Seed + 2);
        var changed = new Dictionary<long, string>();
        for (var kill = 0; kill < KillSettings.ServerKills; kill++)
        {
            // Each life begins with a clock that is an hour behind the one before.
            using var victim = VictimProcess.Start("serve", folder.Path, kill.ToString());
            var address = await victim.AddressAsync();
            foreach (var key in callers.Answers.Keys.OrderBy(_ => random.Next()).Take(20))
                Assert.True(await callers.AskAsync(address, key));
            var before = callers.Answers.Count;
            var asking = callers.UntilGoneAsync(address, 16, CancellationToken.None);
            var target = before + 1 + random.Next(400);
            while (callers.Answers.Count < target && !asking.IsCompleted)
                await Task.Delay(5);
            foreach (var line in (await victim.KillAsync()).Where(line => line[0] == "changed"))
                changed[long.Parse(line[1])] = line[2];
            await asking;
            await AssertKeptAsync(folder.Path, callers, changed);
        }
        Assert.Empty(callers.Refusals);
        Assert.True(changed.Count > 1, "nothing was promoted");
    }

    [Fact]
    public async Task Ten_times_the_callers_are_answered_or_refused_in_words_and_it_serves_on()
    {
        using var folder = new ChaosFolder();
        using var callers = new Callers();
        using var victim = VictimProcess.Start("serve", folder.Path, "0");
        var address = await victim.AddressAsync();
        using var usual = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        await callers.UntilGoneAsync(address, 32, usual.Token);
        using var flood = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await callers.UntilGoneAsync(address, 320, flood.Token);
        Assert.All(callers.Refusals.Keys, refusal => Assert.Matches("^[0-9]{3} HLY[0-9]{4}$", refusal));
        Assert.True(await callers.AskAsync(address, "0"));
        Assert.Contains("0", callers.Answers.Keys);
        await victim.KillAsync();
        await AssertKeptAsync(folder.Path, callers, []);
    }

    static async Task AssertKeptAsync(string folder, Callers callers, Dictionary<long, string> changed)
    {
        await using var store = new LocalStore(folder, TimeProvider.System);
        var logged = new Dictionary<string, DecisionRecord>();
        await foreach (var decision in store.LogReader.DecisionsAsync(new()))
            Assert.True(logged.TryAdd(decision.RequestKey!, decision), $"{decision.RequestKey} was decided twice");
        var history = await store.Registry.HistoryAsync("production", "quote");
        foreach (var (key, answer) in callers.Answers)
        {
            Assert.True(logged.TryGetValue(key, out var record), $"the answer of {key} is lost");
            Assert.Equal(answer.Id, record.Id);
            // What answered was the champion of a change that is in the history.
            Assert.Equal(history[(int)record.Revision - 1].Arms.Champion, record.Release);
        }
        foreach (var (revision, champion) in changed)
            Assert.Equal(champion, history[(int)revision - 1].Arms.Champion.ToString());
        var check = await store.VerifyLogAsync();
        Assert.True(check.IsWhole, check.FirstBreak?.ToString());
    }
}
