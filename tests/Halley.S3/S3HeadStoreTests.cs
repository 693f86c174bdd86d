using Halley.Data;
using Halley.Registry;

namespace Halley.S3;

public sealed class S3HeadStoreTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("halley-heads-").FullName;
    readonly SigningKey key = SigningKey.Create();

    [Fact]
    public async Task Heads_of_every_writer_lie_in_the_bucket_and_prove_the_log()
    {
        await using var standIn = await S3StandIn.StartAsync();
        await using var store = new SqliteLogStore(Path.Combine(folder, "log.db"));
        using var one = Open(standIn);
        using var other = Open(standIn);
        // Five writers by two processes; each keeps its first head before it takes anything, and its last one at the end.
        for (var i = 0; i < 5; i++)
            await WriteAsync(store, i % 2 == 0 ? one : other, i + 1);
        Assert.Equal([1, 2, 3, 4, 5], one.Heads().Select(head => head.Seq).Order());
        Assert.Equal(5, standIn.Objects.Keys.Count(name => name.Contains("/index/", StringComparison.Ordinal)));
        var check = await VerifyAsync(store, other);
        Assert.True(check.IsWhole, check.FirstBreak?.ToString());
        Assert.Equal((15, 0), (check.Proven, check.Beyond));
    }

    [Fact]
    public async Task A_log_that_lost_its_end_or_all_of_it_is_missed()
    {
        await using var standIn = await S3StandIn.StartAsync();
        using var heads = Open(standIn);
        await using (var store = new SqliteLogStore(Path.Combine(folder, "log.db")))
            await WriteAsync(store, heads, 3);
        await using var empty = new SqliteLogStore(Path.Combine(folder, "another.db"));
        var found = (await VerifyAsync(empty, heads)).FirstBreak!;
        Assert.Equal(1, found.Seq);
        Assert.StartsWith("records 1 to 3 are missing: the chain has no records", found.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_was_taken_away_is_told_by_its_object()
    {
        await using var standIn = await S3StandIn.StartAsync();
        using var heads = Open(standIn);
        await using var store = new SqliteLogStore(Path.Combine(folder, "log.db"));
        await WriteAsync(store, heads, 1);
        var name = standIn.Objects.Keys.Single(name => name.EndsWith(".json", StringComparison.Ordinal));
        standIn.Objects.TryRemove(name, out _);
        var problem = Assert.Throws<HalleyException>(() => heads.Heads());
        Assert.Equal("HLY5406", problem.Code);
        Assert.Contains("it is not there, and the index names it", problem.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    async Task WriteAsync(SqliteLogStore store, S3HeadStore heads, int records)
    {
        await using var log = new DecisionLog(store, heads, key, new(), TimeProvider.System);
        for (var i = 0; i < records; i++)
            await log.AppendAsync(
                new DecisionRecord
                {
                    Id = log.NewId(),
                    Time = TimeProvider.System.GetUtcNow(),
                    Environment = "production",
                    Decision = "quote",
                    Release = new("quote", 1),
                    Revision = 1,
                    Arm = ReleaseRole.Champion,
                    Probability = 1,
                    UnitId = "unit",
                }
            );
    }

    Task<LogCheck> VerifyAsync(SqliteLogStore store, S3HeadStore heads) =>
        new LogVerifier(store, heads, new([key.Public])).VerifyAsync();

    static S3HeadStore Open(S3StandIn standIn) =>
        new(
            S3Place.Parse(standIn.Place("heads"), _ => null),
            TimeProvider.System,
            name =>
                name switch
                {
                    "AWS_ACCESS_KEY_ID" => S3StandIn.AccessKey,
                    "AWS_SECRET_ACCESS_KEY" => S3StandIn.SecretKey,
                    _ => null,
                }
        );
}
