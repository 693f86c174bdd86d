using Halley.Data;

namespace Halley.Registry;

/// <summary>Where the decision log is kept. Any number of processes may read and write at once, each with its own chain.</summary>
/// <remarks>Every implementation passes the same contract tests.</remarks>
public interface ILogStore : IAsyncDisposable
{
    /// <summary>Begins a writer's chain.</summary>
    /// <exception cref="HalleyException">HLY5002 to HLY5006: the store cannot be written.</exception>
    ILogSession OpenSession(LogWriter writer);

    /// <summary>All writers, by start.</summary>
    IAsyncEnumerable<LogWriter> WritersAsync(CancellationToken cancellation);

    /// <summary>A writer's records in the order of their numbers.</summary>
    IAsyncEnumerable<ChainedRecord> ChainAsync(Guid writer, CancellationToken cancellation);

    /// <summary>Number of records of all writers, known or not.</summary>
    Task<long> CountAsync(CancellationToken cancellation);

    /// <summary>Number of records that <see cref="ReadAsync"/> yields now.</summary>
    Task<long> CountAsync(LogQuery query, CancellationToken cancellation);

    /// <summary>The record of that id, or null.</summary>
    Task<LogEntry?> FindAsync(Guid id, CancellationToken cancellation);

    /// <summary>Who holds a key, or null.</summary>
    Task<ClaimHolder?> HolderAsync(string space, string key, CancellationToken cancellation);

    /// <summary>Shadow answers and outcomes of a decision, oldest first.</summary>
    IAsyncEnumerable<LogEntry> AboutAsync(Guid decisionId, CancellationToken cancellation);

    /// <summary>Records in the order of their ids, which is the order of their times to the millisecond.</summary>
    IAsyncEnumerable<LogEntry> ReadAsync(LogQuery query, CancellationToken cancellation);

    /// <summary>Removes personal part and salt of records for good; what the chain covers stays. Ids that are unknown, or erased before, change nothing.</summary>
    /// <exception cref="HalleyException">HLY5002 to HLY5006: the store cannot be written.</exception>
    Task EraseAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation);
}
