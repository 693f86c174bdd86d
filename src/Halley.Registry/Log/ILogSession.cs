using Halley.Data;

namespace Halley.Registry;

/// <summary>A writer's hold on the log. Used by one thread at a time.</summary>
public interface ILogSession : IDisposable
{
    /// <summary>The last record that is durable.</summary>
    ChainHead Head { get; }

    /// <summary>Appends entries in one transaction; returns once all of them would survive a power cut.</summary>
    /// <returns>
    /// For each entry null where it was appended, or the holder of its key where another record has it: that entry
    /// was left out and has no place in the chain.
    /// </returns>
    /// <exception cref="HalleyException">HLY5002 to HLY5006: nothing was appended; the next call may succeed.</exception>
    IReadOnlyList<ClaimHolder?> Append(IReadOnlyList<LogEntry> entries);
}
