using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The registry's records in tables: the statements that every database is asked with.</summary>
/// <remarks>A store for a database says how one is read and how one transaction is written, and brings the tables.</remarks>
public abstract class SqlRegistryStore : IRegistryStore
{
    private protected SqlRegistryStore() { }

    public Task<(ModelVersion Version, bool Added)> AddModelAsync(
        string name,
        ContentHash hash,
        Func<VersionId, ModelVersion> make,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            connection =>
                AddVersionAsync(connection, ModelVersions, name, hash, make, RegistryJson.Default.ModelVersion, cancellation),
            cancellation
        );

    public Task<IReadOnlyList<ModelVersion>> ModelsAsync(string? name, CancellationToken cancellation) =>
        ListAsync(
            RegistryJson.Default.ModelVersion,
            "SELECT body FROM model_version WHERE name = coalesce(@name, name) ORDER BY name, version",
            cancellation,
            ("@name", name)
        );

    public Task AddAliasAsync(AliasChange change, CancellationToken cancellation) =>
        InsertAsync(
            "INSERT INTO alias_change (name, body) VALUES (@name, @body)",
            change,
            RegistryJson.Default.AliasChange,
            cancellation,
            ("@name", change.Version.Name)
        );

    public Task<IReadOnlyList<AliasChange>> AliasesAsync(string name, CancellationToken cancellation) =>
        ListAsync(
            RegistryJson.Default.AliasChange,
            "SELECT body FROM alias_change WHERE name = @name ORDER BY number",
            cancellation,
            ("@name", name)
        );

    public Task<(Release Release, bool Added)> AddReleaseAsync(
        string decision,
        ContentHash hash,
        Func<VersionId, Release> make,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            connection => AddVersionAsync(connection, Releases, decision, hash, make, RegistryJson.Default.Release, cancellation),
            cancellation
        );

    public Task<IReadOnlyList<Release>> ReleasesAsync(string? decision, CancellationToken cancellation) =>
        ListAsync(
            RegistryJson.Default.Release,
            "SELECT body FROM release WHERE decision = coalesce(@name, decision) ORDER BY decision, version",
            cancellation,
            ("@name", decision)
        );

    public Task<Release?> FindReleaseAsync(VersionId id, CancellationToken cancellation) =>
        FindAsync(
            RegistryJson.Default.Release,
            "SELECT body FROM release WHERE decision = @name AND version = @version",
            cancellation,
            ("@name", id.Name),
            ("@version", id.Version)
        );

    public Task<bool> TryAddChangeAsync(EnvironmentChange change, CancellationToken cancellation) =>
        WriteAsync(
            async connection =>
                await connection.RunAsync(
                    """
                    INSERT INTO environment_change (environment, decision, revision, body)
                    SELECT @environment, @decision, @revision, @body
                    WHERE @revision = 1 + (SELECT coalesce(max(revision), 0) FROM environment_change
                                           WHERE environment = @environment AND decision = @decision)
                    """,
                    cancellation,
                    ("@environment", change.Environment),
                    ("@decision", change.Decision),
                    ("@revision", change.Revision),
                    ("@body", JsonSerializer.Serialize(change, RegistryJson.Default.EnvironmentChange))
                ) == 1,
            cancellation
        );

    public Task<IReadOnlyList<EnvironmentChange>> ChangesAsync(
        string? environment,
        string? decision,
        CancellationToken cancellation
    ) =>
        ListAsync(
            RegistryJson.Default.EnvironmentChange,
            """
            SELECT body FROM environment_change
            WHERE environment = coalesce(@environment, environment) AND decision = coalesce(@decision, decision)
            ORDER BY number
            """,
            cancellation,
            ("@environment", environment),
            ("@decision", decision)
        );

    public Task<IReadOnlyList<EnvironmentChange>> LastChangesAsync(string environment, CancellationToken cancellation) =>
        ListAsync(
            RegistryJson.Default.EnvironmentChange,
            """
            SELECT body FROM environment_change AS this
            WHERE environment = @environment
              AND revision = (SELECT max(revision) FROM environment_change
                              WHERE environment = this.environment AND decision = this.decision)
            ORDER BY decision
            """,
            cancellation,
            ("@environment", environment)
        );

    public Task<long> ChangeCountAsync(CancellationToken cancellation) =>
        ReadAsync(
            connection => connection.ScalarAsync<long>("SELECT coalesce(max(number), 0) FROM environment_change", cancellation),
            cancellation
        );

    public Task AddGatesAsync(GateSetChange change, CancellationToken cancellation) =>
        InsertAsync(
            "INSERT INTO gate_set (environment, body) VALUES (@environment, @body)",
            change,
            RegistryJson.Default.GateSetChange,
            cancellation,
            ("@environment", change.Set.Environment)
        );

    public Task<IReadOnlyList<GateSetChange>> GatesAsync(string environment, CancellationToken cancellation) =>
        ListAsync(
            RegistryJson.Default.GateSetChange,
            "SELECT body FROM gate_set WHERE environment = @environment ORDER BY number",
            cancellation,
            ("@environment", environment)
        );

    public Task AddRequestAsync(PromotionRequest request, CancellationToken cancellation) =>
        InsertAsync(
            "INSERT INTO promotion_request (id, environment, body) VALUES (@id, @environment, @body)",
            request,
            RegistryJson.Default.PromotionRequest,
            cancellation,
            ("@id", request.Id),
            ("@environment", request.Draft.Environment)
        );

    public Task<PromotionRequest?> FindRequestAsync(string id, CancellationToken cancellation) =>
        FindAsync(
            RegistryJson.Default.PromotionRequest,
            "SELECT body FROM promotion_request WHERE id = @id",
            cancellation,
            ("@id", id)
        );

    public Task<IReadOnlyList<PromotionRequest>> RequestsAsync(string environment, CancellationToken cancellation) =>
        ListAsync(
            RegistryJson.Default.PromotionRequest,
            "SELECT body FROM promotion_request WHERE environment = @environment ORDER BY number",
            cancellation,
            ("@environment", environment)
        );

    public Task AddApprovalAsync(Approval approval, CancellationToken cancellation) =>
        InsertAsync(
            "INSERT INTO approval (request, body) VALUES (@request, @body)",
            approval,
            RegistryJson.Default.Approval,
            cancellation,
            ("@request", approval.Request)
        );

    public Task<IReadOnlyList<Approval>> ApprovalsAsync(string request, CancellationToken cancellation) =>
        ListAsync(
            RegistryJson.Default.Approval,
            "SELECT body FROM approval WHERE request = @request ORDER BY number",
            cancellation,
            ("@request", request)
        );

    public Task AddEntryAsync(RegistryEntry entry, CancellationToken cancellation) =>
        WriteAsync(
            connection =>
                connection.RunAsync(
                    "INSERT INTO entry (kind, scope, body) VALUES (@kind, @scope, @body)",
                    cancellation,
                    ("@kind", entry.Kind),
                    ("@scope", entry.Scope),
                    ("@body", entry.Body)
                ),
            cancellation
        );

    public Task<IReadOnlyList<RegistryEntry>> EntriesAsync(string kind, string? scope, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<RegistryEntry>>(
            async connection =>
                await connection
                    .ListAsync(
                        row => new RegistryEntry(row.GetString(0), row.GetString(1), row.GetString(2)),
                        "SELECT kind, scope, body FROM entry WHERE kind = @kind AND scope = coalesce(@scope, scope) ORDER BY number",
                        cancellation,
                        ("@kind", kind),
                        ("@scope", scope)
                    )
                    .ConfigureAwait(false),
            cancellation
        );

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs work that reads.</summary>
    private protected abstract Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation);

    /// <summary>Runs work as one durable transaction; no two writers are in it at the same time.</summary>
    /// <remarks>
    /// One after the other, because numbers are given in the order of commits: a reader that saw number 6 must never miss
    /// a number 5 that is committed later.
    /// </remarks>
    private protected abstract Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation);

    /// <summary>A table of numbered versions and the name of its first column.</summary>
    readonly record struct VersionTable(string Table, string NameColumn);

    static readonly VersionTable ModelVersions = new("model_version", "name");
    static readonly VersionTable Releases = new("release", "decision");

    static async Task<(T Record, bool Added)> AddVersionAsync<T>(
        DbConnection connection,
        VersionTable table,
        string name,
        ContentHash hash,
        Func<VersionId, T> make,
        JsonTypeInfo<T> json,
        CancellationToken cancellation
    )
    {
        var (from, column) = table;
        var same = await connection
            .ScalarAsync<string>(
                $"SELECT body FROM {from} WHERE {column} = @name AND hash = @hash",
                cancellation,
                ("@name", name),
                ("@hash", hash.Hex)
            )
            .ConfigureAwait(false);
        if (same is not null)
            return (JsonSerializer.Deserialize(same, json)!, false);
        var last = await connection
            .ScalarAsync<long>(
                $"SELECT coalesce(max(version), 0) FROM {from} WHERE {column} = @name",
                cancellation,
                ("@name", name)
            )
            .ConfigureAwait(false);
        var record = make(new(name, checked((int)last + 1)));
        await connection
            .RunAsync(
                $"INSERT INTO {from} ({column}, version, hash, body) VALUES (@name, @version, @hash, @body)",
                cancellation,
                ("@name", name),
                ("@version", last + 1),
                ("@hash", hash.Hex),
                ("@body", JsonSerializer.Serialize(record, json))
            )
            .ConfigureAwait(false);
        return (record, true);
    }

    Task InsertAsync<T>(
        string sql,
        T record,
        JsonTypeInfo<T> json,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    ) =>
        WriteAsync(
            connection =>
                connection.RunAsync(sql, cancellation, [.. parameters, ("@body", JsonSerializer.Serialize(record, json))]),
            cancellation
        );

    Task<T?> FindAsync<T>(
        JsonTypeInfo<T> json,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    )
        where T : class =>
        ReadAsync(
            async connection =>
                await connection.ScalarAsync<string>(sql, cancellation, parameters).ConfigureAwait(false) is { } body
                    ? JsonSerializer.Deserialize(body, json)
                    : null,
            cancellation
        );

    Task<IReadOnlyList<T>> ListAsync<T>(
        JsonTypeInfo<T> json,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    ) =>
        ReadAsync<IReadOnlyList<T>>(
            async connection =>
                await connection
                    .ListAsync(reader => JsonSerializer.Deserialize(reader.GetString(0), json)!, sql, cancellation, parameters)
                    .ConfigureAwait(false),
            cancellation
        );
}
