using Halley.Data;

namespace Halley.Registry;

/// <summary>Where the signed heads are kept: outside the log, best on another disk or machine.</summary>
public interface IHeadStore
{
    /// <summary>Keeps a writer's head in place of its earlier one; returns once it would survive a power cut.</summary>
    /// <exception cref="HalleyException">HLY5001: it could not be kept; the earlier head stays.</exception>
    void Keep(LogHead head);

    /// <summary>The last head of every writer.</summary>
    /// <exception cref="HalleyException">HLY5406: a head cannot be read.</exception>
    IReadOnlyList<LogHead> Heads();
}
