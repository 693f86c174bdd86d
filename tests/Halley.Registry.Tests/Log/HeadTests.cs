namespace Halley.Registry.Tests;

public sealed class HeadTests
{
    [Fact]
    public async Task A_head_is_kept_at_the_start_within_every_minute_and_at_shutdown()
    {
        await using var desk = new LogDesk();
        Assert.Equal(0, Assert.Single(desk.Heads.Heads()).Seq);
        for (var minute = 1; minute <= 3; minute++)
        {
            await desk.AppendAsync(5);
            desk.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(5 * minute, Assert.Single(desk.Heads.Heads()).Seq);
        }
        await desk.AppendAsync(2);
        Assert.Equal(15, desk.Heads.Heads()[0].Seq);
        await desk.Log.DisposeAsync();
        Assert.Equal(17, desk.Heads.Heads()[0].Seq);
    }

    [Fact]
    public async Task A_head_that_cannot_be_kept_stops_no_decision_and_is_tried_again()
    {
        await using var desk = new LogDesk();
        await desk.AppendAsync(1);
        var path = desk.Heads.PathOf(desk.Log.WriterId);
        Directory.Delete(desk.HeadFolder, recursive: true);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith($"HLY5001: '{path}' could not be written:", desk.Log.HeadProblem!.Message);
        await desk.AppendAsync(1);
        Directory.CreateDirectory(desk.HeadFolder);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(desk.Log.HeadProblem);
        Assert.Equal(2, desk.Heads.Heads()[0].Seq);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void An_interval_outside_its_range_is_refused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new DecisionLogOptions { HeadInterval = TimeSpan.FromSeconds(seconds) }.Check()
        );
}
