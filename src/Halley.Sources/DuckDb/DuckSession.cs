using DuckDB.NET.Data;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Halley.Sources.DuckDb;

/// <summary>An empty DuckDB in memory that lives for one task. Not safe to share between threads.</summary>
/// <remarks>Never waits for the network: extensions are neither fetched nor loaded.</remarks>
sealed class DuckSession : IDisposable
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    readonly DuckDBConnection connection;
    readonly CancellationTokenRegistration interrupt;
    readonly CancellationToken cancellation;
    readonly Timer? watch;

    /// <param name="stage">What the session does, for <paramref name="progress"/>.</param>
    /// <param name="progress">Told twice a second how far the running statement has come; null for nobody.</param>
    public DuckSession(int threads, string stage, IProgress<FitProgress>? progress, CancellationToken cancellation = default)
    {
        this.cancellation = cancellation;
        var settings = new DuckDBConnectionStringBuilder
        {
            DataSource = ":memory:",
            Threads = threads,
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
            ["temp_directory"] = Path.Combine(Path.GetTempPath(), $"halley-{Guid.NewGuid():N}"),
        };
        connection = new(settings.ConnectionString);
        connection.Open();
        interrupt = cancellation.Register(() => Startup.DuckDBInterrupt(connection.NativeConnection));
        watch = progress is null ? null : Watch(progress, stage);
    }

    public DuckDBNativeConnection Native => connection.NativeConnection;

    /// <summary>From here on no SQL reads or writes a file, except these files and those below these folders; it cannot be taken back.</summary>
    public void Confine(IEnumerable<string> files, IEnumerable<string> folders)
    {
        Run($"SET allowed_paths = [{string.Join(", ", files.Select(file => Sql.Text(Path.GetFullPath(file))))}]");
        Run($"SET allowed_directories = [{string.Join(", ", folders.Select(FolderText))}]");
        Run("SET enable_external_access = false");
        Run("SET lock_configuration = true");
    }

    /// <summary>Runs a statement of ours whose result does not matter.</summary>
    /// <exception cref="DuckFailure">DuckDB refused it.</exception>
    public void Run(string sql)
    {
        ThrowIfCancelled();
        var result = default(DuckDBResult);
        try
        {
            if (Query.DuckDBQuery(Native, sql, out result) != DuckDBState.Success)
                throw Failure(ref result);
        }
        finally
        {
            Query.DuckDBDestroyResult(ref result);
        }
    }

    /// <summary>Starts one statement, whose rows are made while they are read.</summary>
    /// <exception cref="DuckFailure">DuckDB refused it.</exception>
    public DuckResult Stream(string sql)
    {
        ThrowIfCancelled();
        var state = PreparedStatements.DuckDBPrepare(Native, sql, out var statement);
        using (statement)
        {
            if (state != DuckDBState.Success)
                throw new DuckFailure(PreparedStatements.DuckDBPrepareError(statement));
            if (PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result) == DuckDBState.Success)
                return new(this, result);
            var failure = Failure(ref result);
            Query.DuckDBDestroyResult(ref result);
            throw failure;
        }
    }

    public void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();

    /// <summary>What went wrong; a cancelled statement is a cancellation, not a failure.</summary>
    public Exception Failure(ref DuckDBResult result)
    {
        ThrowIfCancelled();
        return new DuckFailure(Query.DuckDBResultError(ref result));
    }

    public void Dispose()
    {
        // A look that is under way must end before the connection does.
        watch?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        interrupt.Dispose();
        connection.Dispose();
    }

    Timer Watch(IProgress<FitProgress> progress, string stage)
    {
        Run("SET enable_progress_bar = true");
        Run("SET enable_progress_bar_print = false");
        return new(_ => Look(progress, stage), null, LookEvery, LookEvery);
    }

    void Look(IProgress<FitProgress> progress, string stage)
    {
        var share = Startup.DuckDBQueryProgress(Native).Percentage / 100;
        // DuckDB says −1 before it knows, and between statements.
        if (share >= 0)
            progress.Report(new(stage, Math.Min(share, 1)));
    }

    static string FolderText(string folder) => Sql.Text(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + "/");
}
