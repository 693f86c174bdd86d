using Halley.Registry;

namespace Halley.Chaos;

public sealed class PromotionKillTests
{
    [Fact]
    public async Task Killed_at_any_moment_an_environment_is_in_the_old_state_or_the_new_and_no_acknowledged_change_is_lost()
    {
        using var folder = new ChaosFolder();
        var random = new Random(KillSettings.Seed + 1);
        var changes = 0;
        for (var kill = 0; kill < KillSettings.Kills; kill++)
        {
            IReadOnlyList<string[]> lines;
            using (var victim = VictimProcess.Start("promote", folder.Path))
            {
                await KillSettings.WaitAsync(random, victim, 14);
                lines = await victim.KillAsync();
            }
            await using var store = new LocalStore(folder.Path, TimeProvider.System);
            await AssertReleasesAsync(store, lines);
            changes += await AssertHistoryAsync(store, lines);
        }
        Assert.NotEqual(0, changes);
    }

    static async Task AssertReleasesAsync(LocalStore store, IEnumerable<string[]> lines)
    {
        var acknowledged = lines.Where(line => line[0] == "released").Select(line => line[1]).ToHashSet();
        var releases = await store.Registry.ReleasesAsync();
        Assert.Empty(acknowledged.Except(releases.Select(release => release.Id.ToString())));
        // Those that nobody was told of are sound too: a release is there whole or not at all.
        foreach (var release in releases.TakeLast(20))
        {
            var check = await store.Registry.VerifyReleaseAsync(release.Id);
            Assert.True(check.IsSound, string.Join("; ", check.Problems));
        }
    }

    static async Task<int> AssertHistoryAsync(LocalStore store, IReadOnlyList<string[]> lines)
    {
        var history = await store.Registry.HistoryAsync("production", "motor-quote");
        Assert.Equal(Enumerable.Range(1, history.Count), history.Select(change => (int)change.Revision));
        var acknowledged = lines.Where(line => line[0] == "changed").ToList();
        foreach (var line in acknowledged)
            Assert.Equal(line[2], history[int.Parse(line[1]) - 1].Arms.Champion.ToString());
        // Nothing is live that no change put there, and every change is a whole state.
        var live = await store.Registry.LiveAsync("production");
        if (history.Count > 0)
            Assert.Equal(history[^1].Revision, Assert.Single(live).Revision);
        foreach (var change in history)
        {
            Assert.NotNull(change.Arms.Champion);
            Assert.True(change.Arms.Challengers.Count <= 1);
            Assert.All(change.Arms.Challengers, arm => Assert.Equal(0.1, arm.Share));
        }
        return acknowledged.Count;
    }
}
