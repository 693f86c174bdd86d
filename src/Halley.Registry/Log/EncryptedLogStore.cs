using System.Runtime.CompilerServices;

namespace Halley.Registry;

/// <summary>A store of the log whose personal parts are encrypted; all else is as the inner store has it.</summary>
/// <remarks>
/// The commitment is that of the encrypted bytes, so that the chain is proved without a key. Records that were written without encryption stay
/// readable.
/// </remarks>
sealed class EncryptedLogStore(ILogStore inner, PersonalKeys keys) : ILogStore
{
    public ILogSession OpenSession(LogWriter writer) => new Session(inner.OpenSession(writer), keys);

    public IAsyncEnumerable<LogWriter> WritersAsync(CancellationToken cancellation) => inner.WritersAsync(cancellation);

    /// <summary>As stored: what the chain covers.</summary>
    public IAsyncEnumerable<ChainedRecord> ChainAsync(Guid writer, CancellationToken cancellation) =>
        inner.ChainAsync(writer, cancellation);

    public Task<long> CountAsync(CancellationToken cancellation) => inner.CountAsync(cancellation);

    public Task<long> CountAsync(LogQuery query, CancellationToken cancellation) => inner.CountAsync(query, cancellation);

    public async Task<LogEntry?> FindAsync(Guid id, CancellationToken cancellation) =>
        await inner.FindAsync(id, cancellation).ConfigureAwait(false) is { } entry ? keys.Open(entry) : null;

    public Task<ClaimHolder?> HolderAsync(string space, string key, CancellationToken cancellation) =>
        inner.HolderAsync(space, key, cancellation);

    public IAsyncEnumerable<LogEntry> AboutAsync(Guid decisionId, CancellationToken cancellation) =>
        OpenedAsync(inner.AboutAsync(decisionId, cancellation), cancellation);

    public IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, CancellationToken cancellation) =>
        OpenedAsync(inner.ReadAsync(query, cancellation), cancellation);

    public Task EraseAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) => inner.EraseAsync(ids, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    async IAsyncEnumerable<LogEntry> OpenedAsync(
        IAsyncEnumerable<LogEntry> entries,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (var entry in entries.WithCancellation(cancellation).ConfigureAwait(false))
            yield return keys.Open(entry);
    }

    sealed class Session(ILogSession inner, PersonalKeys keys) : ILogSession
    {
        public ChainHead Head => inner.Head;

        public IReadOnlyList<ClaimHolder?> Append(IReadOnlyList<LogEntry> entries) =>
            inner.Append([.. entries.Select(keys.Seal)]);

        public void Dispose() => inner.Dispose();
    }
}
