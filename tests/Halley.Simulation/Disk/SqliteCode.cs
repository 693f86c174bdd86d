namespace Halley.Simulation;

/// <summary>Result codes of SQLite that a disk gives.</summary>
static class SqliteCode
{
    internal const int Ok = 0;
    internal const int Busy = 5;
    internal const int IoError = 10;
    internal const int NotFound = 12;
    internal const int Full = 13;
    internal const int CannotOpen = 14;
    internal const int IoErrorShortRead = IoError | 2 << 8;
    internal const int IoErrorWrite = IoError | 3 << 8;
    internal const int IoErrorSync = IoError | 4 << 8;
    internal const int IoErrorNotThere = IoError | 23 << 8;
}
