namespace Halley.Registry.Tests;

public sealed class CheckedSampleTests
{
    static readonly DateOnly Day = new(2026, 4, 30);

    [Fact]
    public async Task The_checked_stand_for_all_by_their_logged_chance()
    {
        await using var desk = new LogDesk();
        // Ten suspicious claims, all checked, eight frauds; a hundred others, of which one in ten is checked: one fraud in ten.
        for (var i = 0; i < 110; i++)
        {
            var isSuspicious = i < 10;
            var isChecked = i % 10 == 0;
            var decision = desk.Decision($"claim-{i}") with
            {
                CheckProbability = isSuspicious ? 1 : 0.1,
                Checked = !isSuspicious && isChecked,
            };
            await desk.Log.AppendAsync(decision);
            if (isSuspicious || isChecked)
                await desk.Log.AppendAsync([LogDesk.Outcome(decision, $"o{i}", i < 8 || i == 10 ? 1 : 0, "fraud_confirmed")]);
        }
        var sample = await ReadAsync(desk);
        Assert.Equal(20, sample.Rows.Count);
        Assert.Equal((8 + 10) / 110.0, sample.Share.Value, 12);
        Assert.Equal(9 / 20.0, sample.UnweightedShare, 12);
        Assert.True(sample.Share.Lower < sample.Share.Value);
    }

    [Fact]
    public async Task What_was_not_to_be_checked_is_unknown_and_a_chance_find_does_not_count()
    {
        await using var desk = new LogDesk();
        var found = desk.Decision("found") with { CheckProbability = 0.1 };
        var pending = desk.Decision("pending") with { CheckProbability = 1 };
        var never = desk.Decision("never") with { CheckProbability = 0 };
        var corrected = desk.Decision("corrected") with { CheckProbability = 0.5, Checked = true };
        foreach (var decision in new[] { found, pending, never, corrected })
            await desk.Log.AppendAsync(decision);
        await desk.Log.AppendAsync([
            LogDesk.Outcome(found, "a", 1, "fraud_confirmed"),
            LogDesk.Outcome(corrected, "b", 1, "fraud_confirmed", day: 3),
            // An earlier valuation that comes late, and another kind, change nothing.
            LogDesk.Outcome(corrected, "c", 0, "fraud_confirmed", day: 2),
            LogDesk.Outcome(corrected, "d", 0, "converted", day: 4),
        ]);
        var sample = await ReadAsync(desk);
        var row = Assert.Single(sample.Rows);
        Assert.Equal((1, 2), (row.Outcome, row.Weight));
        Assert.Equal((4, 1, 1, 1), (sample.Decisions, sample.Pending, sample.NeverChecked, sample.FoundUnchecked));
    }

    static Task<CheckedSample> ReadAsync(LogDesk desk) =>
        CheckedSample.ReadAsync(
            desk.Reader,
            new() { Environment = "production", Decision = "motor-quote" },
            "fraud_confirmed",
            Day
        );
}
