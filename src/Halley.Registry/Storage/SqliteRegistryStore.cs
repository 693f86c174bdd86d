using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Halley.Data;
using Microsoft.Data.Sqlite;

namespace Halley.Registry;

/// <summary>The registry's records in one SQLite file.</summary>
/// <remarks>Calls of one instance run one after the other; several processes take turns by SQLite's own lock.</remarks>
public sealed class SqliteRegistryStore : IRegistryStore
{
    readonly Lock gate = new();
    readonly SqliteConnection connection;
    readonly string path;

    /// <exception cref="HalleyException">HLY5002 to HLY5008: the file cannot be opened or used.</exception>
    public SqliteRegistryStore(string path)
    {
        this.path = path;
        DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        connection = SqliteFile.Open(path);
        try
        {
            SqliteFile.Migrate(connection, "registry");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Task<(ModelVersion Version, bool Added)> AddModelAsync(
        string name,
        ContentHash hash,
        Func<VersionId, ModelVersion> make,
        CancellationToken cancellation
    ) => Write(() => AddVersion(ModelVersions, name, hash, make, RegistryJson.Default.ModelVersion), cancellation);

    public Task<IReadOnlyList<ModelVersion>> ModelsAsync(string? name, CancellationToken cancellation) =>
        List(
            RegistryJson.Default.ModelVersion,
            "SELECT body FROM model_version WHERE name = coalesce($name, name) ORDER BY name, version",
            cancellation,
            ("$name", name)
        );

    public Task AddAliasAsync(AliasChange change, CancellationToken cancellation) =>
        Insert(
            "INSERT INTO alias_change (name, body) VALUES ($name, $body)",
            change,
            RegistryJson.Default.AliasChange,
            cancellation,
            ("$name", change.Version.Name)
        );

    public Task<IReadOnlyList<AliasChange>> AliasesAsync(string name, CancellationToken cancellation) =>
        List(
            RegistryJson.Default.AliasChange,
            "SELECT body FROM alias_change WHERE name = $name ORDER BY number",
            cancellation,
            ("$name", name)
        );

    public Task<(Release Release, bool Added)> AddReleaseAsync(
        string decision,
        ContentHash hash,
        Func<VersionId, Release> make,
        CancellationToken cancellation
    ) => Write(() => AddVersion(Releases, decision, hash, make, RegistryJson.Default.Release), cancellation);

    public Task<IReadOnlyList<Release>> ReleasesAsync(string? decision, CancellationToken cancellation) =>
        List(
            RegistryJson.Default.Release,
            "SELECT body FROM release WHERE decision = coalesce($name, decision) ORDER BY decision, version",
            cancellation,
            ("$name", decision)
        );

    public Task<Release?> FindReleaseAsync(VersionId id, CancellationToken cancellation) =>
        Find(
            RegistryJson.Default.Release,
            "SELECT body FROM release WHERE decision = $name AND version = $version",
            cancellation,
            ("$name", id.Name),
            ("$version", id.Version)
        );

    public Task<bool> TryAddChangeAsync(EnvironmentChange change, CancellationToken cancellation) =>
        Write(
            () =>
                connection.Run(
                    """
                    INSERT INTO environment_change (environment, decision, revision, body)
                    SELECT $environment, $decision, $revision, $body
                    WHERE $revision = 1 + (SELECT coalesce(max(revision), 0) FROM environment_change
                                           WHERE environment = $environment AND decision = $decision)
                    """,
                    ("$environment", change.Environment),
                    ("$decision", change.Decision),
                    ("$revision", change.Revision),
                    ("$body", JsonSerializer.Serialize(change, RegistryJson.Default.EnvironmentChange))
                ) == 1,
            cancellation
        );

    public Task<IReadOnlyList<EnvironmentChange>> ChangesAsync(
        string? environment,
        string? decision,
        CancellationToken cancellation
    ) =>
        List(
            RegistryJson.Default.EnvironmentChange,
            """
            SELECT body FROM environment_change
            WHERE environment = coalesce($environment, environment) AND decision = coalesce($decision, decision)
            ORDER BY number
            """,
            cancellation,
            ("$environment", environment),
            ("$decision", decision)
        );

    public Task<IReadOnlyList<EnvironmentChange>> LastChangesAsync(string environment, CancellationToken cancellation) =>
        List(
            RegistryJson.Default.EnvironmentChange,
            """
            SELECT body FROM environment_change AS this
            WHERE environment = $environment
              AND revision = (SELECT max(revision) FROM environment_change
                              WHERE environment = this.environment AND decision = this.decision)
            ORDER BY decision
            """,
            cancellation,
            ("$environment", environment)
        );

    public Task<long> ChangeCountAsync(CancellationToken cancellation) =>
        Read(() => connection.Scalar<long>("SELECT coalesce(max(number), 0) FROM environment_change"), cancellation);

    public Task AddGatesAsync(GateSetChange change, CancellationToken cancellation) =>
        Insert(
            "INSERT INTO gate_set (environment, body) VALUES ($environment, $body)",
            change,
            RegistryJson.Default.GateSetChange,
            cancellation,
            ("$environment", change.Set.Environment)
        );

    public Task<IReadOnlyList<GateSetChange>> GatesAsync(string environment, CancellationToken cancellation) =>
        List(
            RegistryJson.Default.GateSetChange,
            "SELECT body FROM gate_set WHERE environment = $environment ORDER BY number",
            cancellation,
            ("$environment", environment)
        );

    public Task AddRequestAsync(PromotionRequest request, CancellationToken cancellation) =>
        Insert(
            "INSERT INTO promotion_request (id, environment, body) VALUES ($id, $environment, $body)",
            request,
            RegistryJson.Default.PromotionRequest,
            cancellation,
            ("$id", request.Id),
            ("$environment", request.Draft.Environment)
        );

    public Task<PromotionRequest?> FindRequestAsync(string id, CancellationToken cancellation) =>
        Find(
            RegistryJson.Default.PromotionRequest,
            "SELECT body FROM promotion_request WHERE id = $id",
            cancellation,
            ("$id", id)
        );

    public Task<IReadOnlyList<PromotionRequest>> RequestsAsync(string environment, CancellationToken cancellation) =>
        List(
            RegistryJson.Default.PromotionRequest,
            "SELECT body FROM promotion_request WHERE environment = $environment ORDER BY number",
            cancellation,
            ("$environment", environment)
        );

    public Task AddApprovalAsync(Approval approval, CancellationToken cancellation) =>
        Insert(
            "INSERT INTO approval (request, body) VALUES ($request, $body)",
            approval,
            RegistryJson.Default.Approval,
            cancellation,
            ("$request", approval.Request)
        );

    public Task<IReadOnlyList<Approval>> ApprovalsAsync(string request, CancellationToken cancellation) =>
        List(
            RegistryJson.Default.Approval,
            "SELECT body FROM approval WHERE request = $request ORDER BY number",
            cancellation,
            ("$request", request)
        );

    public Task AddEntryAsync(RegistryEntry entry, CancellationToken cancellation) =>
        Write(
            () =>
                connection.Run(
                    "INSERT INTO entry (kind, scope, body) VALUES ($kind, $scope, $body)",
                    ("$kind", entry.Kind),
                    ("$scope", entry.Scope),
                    ("$body", entry.Body)
                ),
            cancellation
        );

    public Task<IReadOnlyList<RegistryEntry>> EntriesAsync(string kind, string? scope, CancellationToken cancellation) =>
        Read<IReadOnlyList<RegistryEntry>>(
            () =>
                connection.List(
                    row => new RegistryEntry(row.GetString(0), row.GetString(1), row.GetString(2)),
                    "SELECT kind, scope, body FROM entry WHERE kind = $kind AND scope = coalesce($scope, scope) ORDER BY number",
                    ("$kind", kind),
                    ("$scope", scope)
                ),
            cancellation
        );

    public ValueTask DisposeAsync()
    {
        lock (gate)
            connection.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A table of numbered versions and the name of its first column.</summary>
    readonly record struct VersionTable(string Table, string NameColumn);

    static readonly VersionTable ModelVersions = new("model_version", "name");
    static readonly VersionTable Releases = new("release", "decision");

    (T Record, bool Added) AddVersion<T>(
        VersionTable table,
        string name,
        ContentHash hash,
        Func<VersionId, T> make,
        JsonTypeInfo<T> json
    )
    {
        var (from, column) = table;
        var same = connection.Scalar<string>(
            $"SELECT body FROM {from} WHERE {column} = $name AND hash = $hash",
            ("$name", name),
            ("$hash", hash.Hex)
        );
        if (same is not null)
            return (JsonSerializer.Deserialize(same, json)!, false);
        var last = connection.Scalar<long>(
            $"SELECT coalesce(max(version), 0) FROM {from} WHERE {column} = $name",
            ("$name", name)
        );
        var record = make(new(name, checked((int)last + 1)));
        connection.Run(
            $"INSERT INTO {from} ({column}, version, hash, body) VALUES ($name, $version, $hash, $body)",
            ("$name", name),
            ("$version", last + 1),
            ("$hash", hash.Hex),
            ("$body", JsonSerializer.Serialize(record, json))
        );
        return (record, true);
    }

    Task Insert<T>(
        string sql,
        T record,
        JsonTypeInfo<T> json,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    ) => Write(() => connection.Run(sql, [.. parameters, ("$body", JsonSerializer.Serialize(record, json))]), cancellation);

    Task<T?> Find<T>(
        JsonTypeInfo<T> json,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    )
        where T : class =>
        Read(
            () => connection.Scalar<string>(sql, parameters) is { } body ? JsonSerializer.Deserialize(body, json) : null,
            cancellation
        );

    Task<IReadOnlyList<T>> List<T>(
        JsonTypeInfo<T> json,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    ) =>
        Read<IReadOnlyList<T>>(
            () => connection.List(reader => JsonSerializer.Deserialize(reader.GetString(0), json)!, sql, parameters),
            cancellation
        );

    Task<T> Write<T>(Func<T> work, CancellationToken cancellation) =>
        Read(
            () =>
            {
                // Immediate: two writers wait for each other at the start and not with a half-done transaction.
                using var transaction = connection.BeginTransaction(deferred: false);
                var result = work();
                transaction.Commit();
                return result;
            },
            cancellation
        );

    Task<T> Read<T>(Func<T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            try
            {
                return Task.FromResult(work());
            }
            catch (SqliteException inner)
            {
                throw SqliteFault.Wrap(inner, path);
            }
        }
    }
}
