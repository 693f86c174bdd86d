using Halley.Data;
using Npgsql;

namespace Halley.Registry;

/// <summary>Turns an error of PostgreSQL into a <see cref="HalleyException"/> that says what to do.</summary>
static class PostgresFault
{
    /// <summary>Code of the error that means: the connection broke during the commit, so nobody knows yet whether it took effect.</summary>
    internal const string InDoubtCode = "HLY5018";

    /// <param name="place">Host, port and database; never a password.</param>
    internal static HalleyException Wrap(Exception inner, string place) =>
        inner is PostgresException { SqlState: var state }
            ? state switch
            {
                PostgresErrorCodes.DiskFull => Fault(
                    "HLY5012",
                    $"the disk of the database at {place} is full. Free space; then the same call works again.",
                    inner
                ),
                PostgresErrorCodes.ReadOnlySqlTransaction => Fault(
                    "HLY5013",
                    $"the database at {place} is read-only: it is a standby, or was set so. Name the primary in the connection string.",
                    inner
                ),
                PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure => Fault(
                    "HLY5014",
                    $"the database at {place} is too busy ({state}: {Words(inner)}). Nothing was changed; repeat the call.",
                    inner
                ),
                PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification
                or PostgresErrorCodes.InsufficientPrivilege
                or PostgresErrorCodes.InvalidCatalogName => Fault(
                    "HLY5015",
                    $"the database at {place} lets nobody in as the connection string says ({state}: {Words(inner)}). Correct user, password, database or rights.",
                    inner
                ),
                _ when IsGone(state) => Gone(inner, place),
                _ => Fault(
                    "HLY5016",
                    $"the database at {place} refused a statement ({state}: {Words(inner)}). Look at its log, then repeat.",
                    inner
                ),
            }
            : Gone(inner, place);

    internal static HalleyException InDoubt(Exception inner, string place) =>
        Fault(
            InDoubtCode,
            $"the database at {place} was cut off during a commit ({Words(inner)}): it is not known whether the change took effect. Repeat it with the same key, or look before repeating.",
            inner
        );

    internal static HalleyException NotDurable(string place) =>
        new(
            "HLY5017",
            $"the database at {place} runs with fsync = off: a power cut would take acknowledged decisions with it. Set fsync = on.",
            FaultKind.Environment
        );

    /// <summary>Whether the session has ended: the line broke, or the server shuts down, crashed or is not up yet.</summary>
    internal static bool IsGone(Exception fault) => fault is not PostgresException { SqlState: var state } || IsGone(state);

    static bool IsGone(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state is "57P01" or "57P02" or "57P03" or "57P05" or "25P03";

    static HalleyException Gone(Exception inner, string place) =>
        Fault(
            "HLY5011",
            $"the database at {place} can't be reached ({Words(inner)}). Nothing was changed; the next call tries again by itself.",
            inner
        );

    static string Words(Exception inner) => (inner as PostgresException)?.MessageText ?? inner.Message.TrimEnd('.');

    static HalleyException Fault(string code, string message, Exception inner) =>
        new(code, message, FaultKind.Environment, inner);
}
