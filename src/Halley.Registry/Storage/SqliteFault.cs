using Halley.Data;
using Microsoft.Data.Sqlite;

namespace Halley.Registry;

/// <summary>Turns a database error into a <see cref="HalleyException"/> that says what to do.</summary>
static class SqliteFault
{
    const int Busy = 5;
    const int Locked = 6;
    const int ReadOnly = 8;
    const int Corrupt = 11;
    const int Full = 13;
    const int NotADatabase = 26;

    internal static HalleyException Wrap(SqliteException inner, string path) =>
        inner.SqliteErrorCode switch
        {
            Full => Fault("HLY5002", $"the disk that holds '{path}' is full. Free space; then the same call works again.", inner),
            Busy or Locked => Fault(
                "HLY5003",
                $"'{path}' is held by another process for longer than {SqliteFile.BusyTimeout.TotalSeconds:0} s. Wait or stop that process, then repeat.",
                inner
            ),
            ReadOnly => Fault("HLY5004", $"'{path}' is read-only. Correct the rights of the file and its folder.", inner),
            Corrupt or NotADatabase => Fault(
                "HLY5005",
                $"'{path}' is damaged or no Halley store. Restore it from a copy.",
                inner
            ),
            _ => Fault(
                "HLY5006",
                $"'{path}' could not be read or written ({inner.Message}). Look at the disk, then repeat.",
                inner
            ),
        };

    static HalleyException Fault(string code, string message, SqliteException inner) =>
        new(code, message, FaultKind.Environment, inner);
}
