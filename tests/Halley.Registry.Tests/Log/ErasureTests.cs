using System.Security.Cryptography;
using System.Text;
using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class ErasureTests
{
    static readonly Actor Clerk = Actor.Unverified("clerk");

    [Fact]
    public async Task One_persons_data_are_gone_everywhere_and_the_chain_is_still_proved()
    {
        await using var desk = new LogDesk();
        var mine = Personal(desk, "person-7", "secret-street");
        var test = Personal(desk, "person-7", "secret-street") with { Id = Guid.CreateVersion7(), Purpose = Purpose.Test };
        var other = Personal(desk, "person-8", "other-street") with { Id = Guid.CreateVersion7() };
        foreach (var record in new[] { mine, test, other })
            await desk.Log.AppendAsync(record);
        await desk.Log.AppendAsync(desk.Shadow(mine) with { Steps = Desk.Bytes("{\"street\":\"secret-street\"}") });
        await desk.Log.AppendAsync([LogDesk.Outcome(mine, "o1", 5)]);
        Assert.Equal(3, await desk.Log.EraseUnitAsync("person-7", Clerk, "request 12"));
        Assert.Equal(0, await desk.Log.EraseUnitAsync("person-7", Clerk, "request 12"));
        var found = (await desk.Reader.FindAsync(mine.Id))!;
        Assert.Equal(
            ("", true, true),
            (found.Decision.UnitId, found.Decision.Inputs.IsEmpty, Assert.Single(found.Shadows).Steps.IsEmpty)
        );
        // What is no person's stays: answer and outcome.
        Assert.False(found.Decision.Outputs.IsEmpty);
        Assert.Single(found.Outcomes);
        Assert.Equal("person-8", (await desk.Reader.FindAsync(other.Id))!.Decision.UnitId);
        var check = await desk.VerifyAsync();
        Assert.True(check.IsWhole, check.FirstBreak?.ToString());
        await desk.Log.DisposeAsync();
        // Three decisions, a shadow, an outcome, and an erasure for what was live and for the test.
        Assert.Equal(7, (await desk.VerifyAsync()).Proven);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(desk.LogFile)!))
            Assert.DoesNotContain(
                "secret-street",
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task What_is_removed_without_an_erasure_in_the_log_is_a_break()
    {
        await using var desk = new LogDesk();
        var records = await desk.AppendAsync(3);
        await desk.Store.EraseAsync([records[1].Id], default);
        var check = await desk.VerifyAsync();
        Assert.Equal(
            (2, "its personal part was removed, and no erasure in the log says so"),
            (check.FirstBreak!.Seq, check.FirstBreak.What)
        );
    }

    [Fact]
    public async Task What_is_older_than_its_time_is_erased_in_its_environment_alone()
    {
        await using var desk = new LogDesk();
        var old = Personal(desk, "a", "x");
        await desk.Log.AppendAsync(old);
        var elsewhere = old with { Id = Guid.CreateVersion7(desk.Time.Now), Environment = "staging" };
        await desk.Log.AppendAsync(elsewhere);
        desk.Time.Now = desk.Time.Now.AddDays(400);
        var young = Personal(desk, "a", "x") with { Id = Guid.CreateVersion7(desk.Time.Now) };
        await desk.Log.AppendAsync(young);
        Assert.Equal(1, await desk.Log.EraseBeforeAsync("production", desk.Time.Now.AddDays(-365), Clerk, "retention"));
        Assert.Equal("", (await desk.Reader.FindAsync(old.Id))!.Decision.UnitId);
        Assert.Equal("a", (await desk.Reader.FindAsync(elsewhere.Id))!.Decision.UnitId);
        Assert.Equal("a", (await desk.Reader.FindAsync(young.Id))!.Decision.UnitId);
    }

    [Fact]
    public async Task An_erasure_has_a_reason_that_names_nobody()
    {
        await using var desk = new LogDesk();
        foreach (var (unit, why) in new[] { ("", "why"), ("person-7", " "), ("person-7", "Person-7 asked") })
        {
            var problem = await Assert.ThrowsAsync<HalleyException>(() => desk.Log.EraseUnitAsync(unit, Clerk, why));
            Assert.Equal("HLY5405", problem.Code);
        }
    }

    [Fact]
    public async Task Personal_parts_are_encrypted_with_the_newest_key_and_read_with_any_and_old_records_stay_readable()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (NewKey(), NewKey());
        var ids = new List<Guid>();
        foreach (var key in new[] { null, first, $"{second},{first}" })
        {
            await using var store = new LocalStore(folder.At("store"), new StorePlaces { DataKey = key }, TimeProvider.System);
            await using var log = store.OpenLog();
            ids.Add(log.NewId());
            await log.AppendAsync(Record(ids[^1], "secret-" + ids.Count));
        }
        await using (
            var store = new LocalStore(folder.At("store"), new StorePlaces { DataKey = $"{second},{first}" }, TimeProvider.System)
        )
        {
            foreach (var (i, id) in ids.Index())
                Assert.Equal($"secret-{i + 1}", (await store.LogReader.FindAsync(id))!.Decision.UnitId);
        }
        // The chain is proved without any key; what is encrypted says which key it needs.
        await using (var bare = new LocalStore(folder.At("store"), new StorePlaces(), TimeProvider.System))
        {
            Assert.True((await bare.VerifyLogAsync()).IsWhole);
            Assert.Equal("secret-1", (await bare.LogReader.FindAsync(ids[0]))!.Decision.UnitId);
            var locked = await Assert.ThrowsAsync<HalleyException>(() => bare.LogReader.FindAsync(ids[1]));
            Assert.Equal("HLY5408", locked.Code);
        }
        await using (var wrong = new LocalStore(folder.At("store"), new StorePlaces { DataKey = second }, TimeProvider.System))
            Assert.Contains(
                "is not given",
                (await Assert.ThrowsAsync<HalleyException>(() => wrong.LogReader.FindAsync(ids[1]))).Message,
                StringComparison.Ordinal
            );
        var file = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(folder.At("store/log.db")));
        Assert.Contains("secret-1", file, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-2", file, StringComparison.Ordinal);
        Assert.Equal("HLY5407", Assert.Throws<HalleyException>(() => PersonalKeys.Parse("short")).Code);
    }

    static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    static DecisionRecord Personal(LogDesk desk, string unit, string street) =>
        desk.Decision(unit) with
        {
            Inputs = Desk.Bytes($"{{\"street\":\"{street}\"}}"),
            Outputs = Desk.Bytes("{\"premium\":400}"),
        };

    static DecisionRecord Record(Guid id, string unit) =>
        new()
        {
            Id = id,
            Time = TimeProvider.System.GetUtcNow(),
            Environment = "production",
            Decision = "motor-quote",
            Release = new("motor-quote", 1),
            Revision = 1,
            Arm = ReleaseRole.Champion,
            Probability = 1,
            UnitId = unit,
        };
}
