namespace Halley.Registry.Tests;

public sealed class LogVerifierTests
{
    [Fact]
    public async Task A_whole_log_is_proved_up_to_the_head_and_counted_beyond_it()
    {
        await using var desk = new LogDesk();
        await desk.AppendAsync(10);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.AppendAsync(3);
        var check = await desk.VerifyAsync();
        Assert.True(check.IsWhole);
        Assert.Equal((10, 3), (check.Proven, check.Beyond));
    }

    [Fact]
    public async Task Each_writers_chain_is_proved_by_its_own_head()
    {
        await using var desk = new LogDesk();
        var other = desk.OpenLog();
        await desk.AppendAsync(4);
        await desk.AppendAsync(6, other);
        await other.DisposeAsync();
        var check = await desk.VerifyAsync();
        Assert.Equal([(0, 4), (6, 0)], check.Chains.Select(chain => ((int)chain.Proven, (int)chain.Beyond)));
    }

    public static TheoryData<string, string, long, string> Tamperings() =>
        new()
        {
            {
                "a changed byte in the body",
                "UPDATE record SET body = CAST(replace(CAST(body AS TEXT), '412', '312') AS BLOB) WHERE seq = 5",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "a changed input",
                "UPDATE record SET personal = CAST(replace(CAST(personal AS TEXT), '40', '41') AS BLOB) WHERE seq = 5",
                5,
                "its personal part (unit, inputs, steps or reasons) is not what was logged"
            },
            {
                "the personal part removed",
                "UPDATE record SET personal = NULL WHERE seq = 5",
                5,
                "its personal part (unit, inputs, steps or reasons) is not what was logged"
            },
            {
                "the personal part removed with its commitment",
                "UPDATE record SET commitment = NULL, salt = NULL, personal = NULL WHERE seq = 5",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "a changed hash",
                "UPDATE record SET hash = zeroblob(32) WHERE seq = 5",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "another kind",
                "UPDATE record SET kind = 2 WHERE seq = 5",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "another id",
                "UPDATE record SET id = zeroblob(16) WHERE seq = 5",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "a subject given",
                "UPDATE record SET subject = randomblob(16) WHERE seq = 5",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "another decision's name",
                "UPDATE scope SET decision = 'other'",
                1,
                "its content, its place or its link to the record before it is not what was logged"
            },
            { "a record removed", "DELETE FROM record WHERE seq = 5", 5, "records 5 to 5 are missing, record 6 follows" },
            {
                "the first records removed",
                "DELETE FROM record WHERE seq < 3",
                1,
                "records 1 to 2 are missing, record 3 follows"
            },
            {
                "a record removed and the rest moved up",
                "DELETE FROM record WHERE seq = 5; UPDATE record SET place = place - 1 WHERE seq > 5",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "a record inserted",
                "UPDATE record SET place = -place WHERE seq > 4; UPDATE record SET place = 1 - place WHERE place < 0; INSERT INTO record SELECT place + 1, kind, scope, randomblob(16), subject, body, personal, salt, commitment, hash FROM record WHERE seq = 4",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "two records swapped",
                "UPDATE record SET place = -1 WHERE seq = 5; UPDATE record SET place = place - 1 WHERE seq = 6; UPDATE record SET place = (SELECT max(place) FROM record) - 4 WHERE place = -1",
                5,
                "its content, its place or its link to the record before it is not what was logged"
            },
            {
                "the tail removed",
                "DELETE FROM record WHERE seq > 7",
                8,
                "records 8 to 10 are missing: the chain ends at record 7, the head kept at 2026-03-01T09:00:10.0000000+00:00 says 10"
            },
            {
                "all records removed",
                "DELETE FROM record",
                1,
                "records 1 to 10 are missing: the chain has no records, the head kept at 2026-03-01T09:00:10.0000000+00:00 says 10"
            },
            {
                "the writer removed",
                "DELETE FROM record; DELETE FROM writer",
                1,
                "records 1 to 10 are missing: the chain has no records, the head kept at 2026-03-01T09:00:10.0000000+00:00 says 10"
            },
        };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Tampering_is_found_at_the_first_record_that_differs(string name, string sql, long seq, string what)
    {
        await using var desk = new LogDesk();
        await desk.AppendAsync(10);
        await desk.Log.DisposeAsync();
        desk.Tamper(sql.Replace("seq", "(place - (1 << 40))", StringComparison.Ordinal));
        var check = await desk.VerifyAsync();
        Assert.False(check.IsWhole, name);
        Assert.Equal(new LogBreak(desk.Log.WriterId, seq, what), check.FirstBreak);
        Assert.Equal(0, check.Proven);
    }

    [Fact]
    public async Task A_chain_replaced_by_another_that_is_whole_in_itself_is_found()
    {
        await using var desk = new LogDesk();
        await desk.AppendAsync(3);
        await desk.Log.DisposeAsync();
        // The attacker knows the format: all records are made anew, with right links.
        var forged = ChainHead.Empty(desk.Log.WriterId);
        foreach (var unit in new[] { "x", "y", "z" })
        {
            var record = forged.Append(RecordJson.Entry(desk.Decision(unit)));
            forged = ChainHead.After(record);
            desk.Tamper(
                $"""
                UPDATE record SET id = x'{Hex(SqliteLogStore.Bytes(record.Entry.Id))}', body = x'{Hex(record.Entry.Body)}',
                personal = x'{Hex(record.Entry.Personal!)}', salt = x'{Hex(record.Entry.Salt!)}',
                commitment = x'{Hex(record.Entry.Commitment!)}', hash = x'{Hex(record.Hash)}' WHERE place = {(1L << 40)
                    + record.Seq}
                """
            );
        }
        Assert.Equal(
            new LogBreak(
                desk.Log.WriterId,
                3,
                "the head kept at 2026-03-01T09:00:03.0000000+00:00 has another hash: this chain or its end was replaced"
            ),
            (await desk.VerifyAsync()).FirstBreak
        );
    }

    [Fact]
    public async Task A_head_forged_with_another_key_or_altered_is_found()
    {
        await using var desk = new LogDesk();
        await desk.AppendAsync(3);
        await desk.Log.DisposeAsync();
        var path = desk.Heads.PathOf(desk.Log.WriterId);
        var kept = File.ReadAllText(path);
        File.WriteAllText(path, kept.Replace("\"seq\":3", "\"seq\":2", StringComparison.Ordinal));
        Assert.Contains("does not fit its content", (await desk.VerifyAsync()).FirstBreak!.What);
        using var otherKey = SigningKey.Create();
        desk.Heads.Keep(LogHead.Sign(desk.Log.Head, desk.Time.Now, otherKey));
        Assert.Contains("is not among the trusted ones", (await desk.VerifyAsync()).FirstBreak!.What);
        File.WriteAllText(path, kept);
        Assert.True((await desk.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task Tampering_beyond_the_last_head_breaks_the_chain_but_not_what_the_head_proves()
    {
        await using var desk = new LogDesk();
        await desk.AppendAsync(10);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.AppendAsync(5);
        desk.Tamper("UPDATE record SET hash = zeroblob(32) WHERE place = (1 << 40) + 13");
        var check = await desk.VerifyAsync();
        Assert.Equal(13, check.FirstBreak!.Seq);
        Assert.Equal((10, 2), (check.Proven, check.Beyond));
    }

    [Fact]
    public async Task Records_of_no_writer_are_counted()
    {
        await using var desk = new LogDesk();
        await desk.AppendAsync(2);
        desk.Tamper(
            "INSERT INTO record SELECT place + (5 << 40), kind, scope, randomblob(16), subject, body, personal, salt, commitment, hash FROM record"
        );
        var check = await desk.VerifyAsync();
        Assert.Equal((2, false), (check.Strays, check.IsWhole));
    }

    [Fact]
    public async Task A_file_that_is_no_head_is_named()
    {
        await using var desk = new LogDesk();
        var path = desk.Heads.PathOf(desk.Log.WriterId);
        File.WriteAllText(path, "{");
        var fault = await Faults.OfAsync(desk.VerifyAsync);
        Assert.StartsWith($"HLY5406: '{path}' holds no head of the decision log:", fault.Message);
    }

    static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
