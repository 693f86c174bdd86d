using Microsoft.Data.Sqlite;

namespace Halley.Server.Tests;

public sealed class UnwritableLogTests
{
    [Fact]
    public async Task What_cannot_be_logged_is_503_to_be_sent_again_and_then_served()
    {
        await using var desk = await ServerDesk.StartAsync();
        var id = (string)(await desk.DecideAsync(requestId: "r-0")).Good()["decision_id"]!;
        // The log refuses every row, as a broken disk would.
        Run(desk, "CREATE TRIGGER broken BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'disk broken'); END");
        var outcome =
            $$"""{"outcomes":[{"outcome_id":"o","decision_id":"{{id}}","kind":"converted","value":1,"valuation_date":"2026-03-31"}]}""";
        foreach (var reply in new[] { await desk.DecideAsync(requestId: "r-1"), await desk.PostAsync("/v1/outcomes", outcome) })
        {
            Assert.Equal("1", reply.Bad(503, "HLY6006").RetryAfter);
            Assert.Equal(
                "The store can't be read or written (HLY5006); the server's log holds the cause. Nothing was logged; send the request again.",
                reply["detail"]
            );
            Assert.DoesNotContain(desk.Folder, reply.Text, StringComparison.Ordinal);
        }
        Assert.Equal(1, (long)(await desk.GetAsync("/v1/overview")).Good()["traffic"]!["decisions"]!);

        Run(desk, "DROP TRIGGER broken");
        (await desk.DecideAsync(requestId: "r-1")).Good();
        Assert.Equal("""{"accepted":1,"repeated":0}""", (await desk.PostAsync("/v1/outcomes", outcome)).Text);
        Assert.True((await desk.Store.VerifyLogAsync()).IsWhole);
    }

    static void Run(ServerDesk desk, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(desk.Folder, "log.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
