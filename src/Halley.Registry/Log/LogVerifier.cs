using Halley.Data;

namespace Halley.Registry;

/// <summary>Proves the decision log whole: every record of every chain, up to the heads kept outside the log and beyond.</summary>
/// <remarks>
/// Found are: a changed byte anywhere in a record, a personal part that was removed without an erasure in the log, records removed, inserted or put in another order, a tail or a whole
/// chain removed, and a chain replaced by another one that is whole in itself. What was appended after the last kept
/// head (at most a minute's work, of a process that was killed) can only be proved to be a chain.
/// </remarks>
public sealed class LogVerifier(ILogStore store, IHeadStore heads, TrustedKeys trusted)
{
    const int Step = 500;

    /// <param name="progress">Told how far the check has come; null for nobody.</param>
    public async Task<LogCheck> VerifyAsync(IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        // Count first: records appended while the check runs must not look like strays.
        var count = await store.CountAsync(cancellation).ConfigureAwait(false);
        var kept = heads.Heads().ToDictionary(head => head.Writer);
        var writers = new List<Guid>();
        await foreach (var writer in store.WritersAsync(cancellation).ConfigureAwait(false))
            writers.Add(writer.Id);
        writers.AddRange(kept.Keys.Except(writers));
        var erased = await ErasedAsync(cancellation).ConfigureAwait(false);
        var chains = new List<ChainCheck>();
        var done = 0L;
        foreach (var writer in writers)
        {
            var head = kept.GetValueOrDefault(writer);
            chains.Add(await CheckChainAsync(writer, head, erased, Told, cancellation).ConfigureAwait(false));
        }
        var isRead = chains.All(chain => chain.Break is null);
        return new(chains, isRead ? Math.Max(0, count - chains.Sum(chain => chain.Records)) : 0);

        void Told()
        {
            if (++done % Step == 0)
                progress?.Report(new("proving the chain", done / Math.Max(1.0, count)));
        }
    }

    /// <summary>The records whose erasure stands in the log; what was removed without a word is a break.</summary>
    async Task<HashSet<Guid>> ErasedAsync(CancellationToken cancellation)
    {
        var erased = new HashSet<Guid>();
        var query = new LogQuery { Kinds = [RecordKind.Erasure] };
        await foreach (var entry in store.ReadAsync(query, cancellation).ConfigureAwait(false))
            erased.UnionWith(RecordJson.Erasure(entry).Records);
        return erased;
    }

    async Task<ChainCheck> CheckChainAsync(
        Guid writer,
        LogHead? kept,
        HashSet<Guid> erased,
        Action told,
        CancellationToken cancellation
    )
    {
        var head = ChainHead.Empty(writer);
        var found = kept?.Problem(trusted) is { } problem ? new LogBreak(writer, kept.Seq, $"of the kept head {problem}") : null;
        if (found is null && kept?.Seq == 0 && kept.Hash != ContentHash.FromBytes(head.Hash))
            found = new(writer, 0, "the kept head is not that of an empty chain");
        if (found is null)
        {
            await foreach (var record in store.ChainAsync(writer, cancellation).ConfigureAwait(false))
            {
                found = Break(head, record, kept, erased);
                if (found is not null)
                    break;
                head = ChainHead.After(record);
                told();
            }
        }
        if (found is null && kept is not null && head.Seq < kept.Seq)
            found = MissingTail(head, kept);
        var proven = Math.Min(head.Seq, kept?.Seq ?? 0);
        // Before a break nothing is proved: the head vouches for the whole chain up to it or for none of it.
        return found is not null && found.Seq <= (kept?.Seq ?? 0)
            ? new(writer, head.Seq, 0, 0, kept?.At, found)
            : new(writer, head.Seq, proven, head.Seq - proven, kept?.At, found);
    }

    static LogBreak? Break(ChainHead head, ChainedRecord record, LogHead? kept, HashSet<Guid> erased)
    {
        var (writer, seq, entry) = (record.Writer, record.Seq, record.Entry);
        if (seq != head.Seq + 1)
            return new(writer, head.Seq + 1, $"records {head.Seq + 1} to {seq - 1} are missing, record {seq} follows");
        var isErased = entry is { Commitment: not null, Personal: null, Salt: null };
        if (isErased && !erased.Contains(entry.Id))
            return new(writer, seq, "its personal part was removed, and no erasure in the log says so");
        if (!isErased && (entry.Commitment is not null || entry.Personal is not null) && !IsCommitted(entry))
            return new(writer, seq, "its personal part (unit, inputs, steps or reasons) is not what was logged");
        if (!record.Hash.AsSpan().SequenceEqual(Chain.Hash(head, entry)))
            return new(writer, seq, "its content, its place or its link to the record before it is not what was logged");
        if (seq == kept?.Seq && ContentHash.FromBytes(record.Hash) != kept.Hash)
            return new(writer, seq, $"the head kept at {kept.At:O} has another hash: this chain or its end was replaced");
        return null;
    }

    static bool IsCommitted(LogEntry entry) =>
        entry is { Salt: not null, Commitment: not null, Personal: not null }
        && entry.Commitment.AsSpan().SequenceEqual(Chain.Commit(entry.Salt, entry.Personal));

    static LogBreak MissingTail(ChainHead head, LogHead kept)
    {
        var end = head.Seq == 0 ? "has no records" : $"ends at record {head.Seq}";
        return new(
            kept.Writer,
            head.Seq + 1,
            $"records {head.Seq + 1} to {kept.Seq} are missing: the chain {end}, the head kept at {kept.At:O} says {kept.Seq}"
        );
    }
}
