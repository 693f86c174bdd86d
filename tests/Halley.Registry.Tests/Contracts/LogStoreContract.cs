using Halley.Data;

namespace Halley.Registry.Tests;

/// <summary>What every store of the decision log must do; a class for each store derives from it.</summary>
public abstract class LogStoreContract
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Opens a store over the same place each time it is called in one test.</summary>
    private protected abstract ILogStore Open(TemporaryFolder folder);

    [Fact]
    public async Task Records_are_chained_and_come_back_in_their_places_after_reopening()
    {
        using var folder = new TemporaryFolder();
        var writer = Writer();
        var entries = Enumerable.Range(0, 2500).Select(i => Entry(i)).ToList();
        await using (var store = Open(folder))
        {
            using var session = store.OpenSession(writer);
            session.Append(entries[..1]);
            Assert.All(session.Append(entries[1..]), Assert.Null);
            Assert.Equal(2500, session.Head.Seq);
        }
        await using var reopened = Open(folder);
        var head = ChainHead.Empty(writer.Id);
        await foreach (var record in reopened.ChainAsync(writer.Id, default))
        {
            AssertSame(entries[(int)head.Seq], record.Entry);
            var expected = head.Append(record.Entry);
            Assert.Equal((expected.Seq, Convert.ToHexString(expected.Hash)), (record.Seq, Convert.ToHexString(record.Hash)));
            head = ChainHead.After(record);
        }
        Assert.Equal(2500, head.Seq);
        Assert.Equal(2500, await reopened.CountAsync(default));
    }

    [Fact]
    public async Task An_erased_personal_part_is_gone_with_its_salt_and_the_chain_stays()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        var writer = Writer();
        using var session = store.OpenSession(writer);
        var entries = Enumerable.Range(0, 3).Select(i => Entry(i)).ToList();
        session.Append(entries);
        var meant = entries.First(entry => entry.Personal is not null);
        await store.EraseAsync([meant.Id, Guid.CreateVersion7()], default);
        await store.EraseAsync([meant.Id], default);
        var found = (await store.FindAsync(meant.Id, default))!;
        Assert.Null(found.Personal);
        Assert.Null(found.Salt);
        Assert.Equal(meant.Commitment, found.Commitment);
        var head = ChainHead.Empty(writer.Id);
        await foreach (var record in store.ChainAsync(writer.Id, default))
        {
            Assert.Equal(head.Append(record.Entry).Hash, record.Hash);
            Assert.Equal(
                record.Entry.Id != meant.Id && entries[(int)head.Seq].Personal is not null,
                record.Entry.Personal is not null
            );
            head = ChainHead.After(record);
        }
        Assert.Equal(3, head.Seq);
    }

    [Fact]
    public async Task A_key_belongs_to_its_first_record_in_one_group_and_over_groups_and_writers()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        using var one = store.OpenSession(Writer());
        using var other = store.OpenSession(Writer());
        LogEntry[] group = [Keyed(0, "k", "a"), Keyed(1, "k", "a"), Keyed(2, "l", "a"), Keyed(3, "k", "b")];
        var holders = one.Append(group);
        Assert.Equal([null, group[0].Id, null, group[0].Id], holders.Select(holder => holder?.Record));
        Assert.Equal(2, one.Head.Seq);
        Assert.Equal(ContentHash.Of("a"u8), other.Append([Keyed(4, "k", "b")])[0]!.Value.Content);
        Assert.Equal(0, other.Head.Seq);
        Assert.Equal(group[0].Id, (await store.HolderAsync("space", "k", default))!.Value.Record);
        Assert.Null(await store.HolderAsync("elsewhere", "k", default));
    }

    [Fact]
    public async Task Writers_append_side_by_side_each_with_a_whole_chain()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        var writers = Enumerable.Range(0, 4).Select(_ => Writer()).ToList();
        await Task.WhenAll(
            writers.Select(
                (writer, w) =>
                    Task.Run(() =>
                    {
                        using var session = store.OpenSession(writer);
                        for (var i = 0; i < 20; i++)
                            session.Append([Entry(w * 1000 + i), Keyed(w * 1000 + 500 + i, $"{w}/{i}", "a")]);
                    })
            )
        );
        Assert.Equal(160, await store.CountAsync(default));
        foreach (var writer in writers)
        {
            var head = ChainHead.Empty(writer.Id);
            await foreach (var record in store.ChainAsync(writer.Id, default))
            {
                Assert.Equal(head.Append(record.Entry).Hash, record.Hash);
                head = ChainHead.After(record);
            }
            Assert.Equal(40, head.Seq);
        }
        var known = new List<Guid>();
        await foreach (var writer in store.WritersAsync(default))
            known.Add(writer.Id);
        Assert.Equal(writers.Select(writer => writer.Id).Order(), known.Order());
    }

    [Fact]
    public async Task A_window_of_time_is_read_in_order_in_both_directions_and_across_pages()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        using var session = store.OpenSession(Writer());
        // Appended out of order on purpose.
        var entries = Enumerable.Range(0, 3000).Select(i => Entry(i)).ToList();
        session.Append([.. entries.Where((_, i) => i % 2 == 1)]);
        session.Append([.. entries.Where((_, i) => i % 2 == 0)]);
        var window = new LogQuery { From = Start.AddSeconds(10), To = Start.AddSeconds(2990) };
        Assert.Equal(entries[10..2990].Select(entry => entry.Id), await IdsAsync(store, window));
        Assert.Equal(
            entries[10..2990].Select(entry => entry.Id).Reverse(),
            await IdsAsync(store, window with { Descending = true })
        );
        Assert.Equal([entries[^1].Id, entries[^2].Id], await IdsAsync(store, new() { Descending = true, Limit = 2 }));
        Assert.Equal(1500, (await IdsAsync(store, new() { Limit = 1500 })).Count);
    }

    [Fact]
    public async Task A_query_takes_only_its_kinds_environment_and_decision()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        using var session = store.OpenSession(Writer());
        var quote = Entry(0);
        var shadow = Entry(1) with { Kind = RecordKind.Shadow, Subject = quote.Id };
        var staging = Entry(2) with { Scope = new("staging", "quote") };
        var triage = Entry(3) with { Scope = new("production", "triage") };
        var outcome = Entry(4) with
        {
            Kind = RecordKind.Outcome,
            Subject = quote.Id,
            Personal = null,
            Salt = null,
            Commitment = null,
        };
        session.Append([quote, shadow, staging, triage, outcome]);
        Assert.Equal([quote.Id, staging.Id, triage.Id], await IdsAsync(store, new()));
        Assert.Equal([quote.Id, triage.Id], await IdsAsync(store, new() { Environment = "production" }));
        Assert.Equal([quote.Id, staging.Id], await IdsAsync(store, new() { Decision = "quote" }));
        Assert.Equal([shadow.Id, outcome.Id], await IdsAsync(store, new() { Kinds = [RecordKind.Shadow, RecordKind.Outcome] }));
        var about = new List<Guid>();
        await foreach (var entry in store.AboutAsync(quote.Id, default))
            about.Add(entry.Id);
        Assert.Equal([shadow.Id, outcome.Id], about);
        AssertSame(outcome, (await store.FindAsync(outcome.Id, default))!);
        Assert.Null(await store.FindAsync(Guid.CreateVersion7(Start), default));
    }

    static async Task<List<Guid>> IdsAsync(ILogStore store, LogQuery query)
    {
        var ids = new List<Guid>();
        await foreach (var entry in store.ReadAsync(query, default))
            ids.Add(entry.Id);
        Assert.Equal(ids.Count, await store.CountAsync(query, default));
        return ids;
    }

    static void AssertSame(LogEntry expected, LogEntry actual)
    {
        Assert.Equal(
            (expected.Kind, expected.Scope, expected.Id, expected.Subject),
            (actual.Kind, actual.Scope, actual.Id, actual.Subject)
        );
        Assert.Equal(expected.Body, actual.Body);
        Assert.Equal(expected.Personal, actual.Personal);
        Assert.Equal(expected.Salt, actual.Salt);
        Assert.Equal(expected.Commitment, actual.Commitment);
    }

    static LogWriter Writer() => new(Guid.CreateVersion7(Start), Start, "machine", 7);

    static LogEntry Entry(int second) =>
        new()
        {
            Kind = RecordKind.Decision,
            Scope = new("production", "quote"),
            Id = Guid.CreateVersion7(Start.AddSeconds(second)),
            Body = [1, 2, (byte)second],
            Personal = [3, (byte)second],
            Salt = new byte[32],
            Commitment = Chain.Commit(new byte[32], [3, (byte)second]),
        };

    static LogEntry Keyed(int second, string key, string content) =>
        Entry(second) with
        {
            Claim = new("space", key, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(content))),
        };
}
