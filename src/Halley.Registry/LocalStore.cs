using Halley.Data;

namespace Halley.Registry;

/// <summary>Everything of a registry, opened by its folder and the places of what lies elsewhere.</summary>
/// <remarks>
/// <code>
/// registry.db   versions, releases, environments, gates   (or a PostgreSQL database)
/// log.db        the decision log and outcomes             (or the same database)
/// blobs/        artefacts by their hash                   (or a bucket of S3)
/// heads/        signed heads of the log's chains          (or a bucket of S3)
/// keys/         signing.pem (secret), *.pub.pem (trusted)
/// </code>
/// The key and the heads prove most where another person holds them: put them elsewhere by <see cref="StorePlaces"/>.
/// </remarks>
public sealed class LocalStore : IAsyncDisposable
{
    readonly IRegistryStore records;
    readonly SigningKey key;
    readonly TimeProvider time;

    /// <summary>Opens a folder that holds everything, or makes one.</summary>
    /// <param name="headFolder">Where heads are kept; null for <c>heads</c> in the folder.</param>
    /// <param name="signingKey">Signs releases and heads, owned from here on; null for <c>keys/signing.pem</c> in the folder, made on first use.</param>
    /// <exception cref="HalleyException">HLY5001 to HLY5008: the folder cannot be used; HLY5105, HLY5106: a key in it.</exception>
    public LocalStore(string folder, TimeProvider time, string? headFolder = null, SigningKey? signingKey = null)
        : this(folder, new() { Heads = headFolder }, time, signingKey) { }

    /// <summary>Opens a folder, or makes one, with what lies elsewhere.</summary>
    /// <exception cref="HalleyException">HLY5001 to HLY5008: the folder; HLY5011 to HLY5019: the database; HLY5105, HLY5106: a key.</exception>
    public LocalStore(string folder, StorePlaces places, TimeProvider time)
        : this(folder, places, time, null) { }

    LocalStore(string folder, StorePlaces places, TimeProvider time, SigningKey? signingKey)
    {
        this.time = time;
        var keys = Path.Combine(folder, "keys");
        DurableFile.CreateFolder(keys);
        key = signingKey ?? Key(places.SigningKey, Path.Combine(keys, "signing.pem"));
        try
        {
            Trusted = TrustedKeys.FromFolder(keys).With(key.Public);
            Artefacts = OpenArtefacts(places.Artefacts ?? Path.Combine(folder, "blobs"), time);
            Heads = OpenHeads(places.Heads ?? Path.Combine(folder, "heads"), time);
            (Log, records) = places.Database is { } database
                ? ((ILogStore)new PostgresLogStore(database), (IRegistryStore)new PostgresRegistryStore(database))
                : (
                    new SqliteLogStore(Path.Combine(folder, "log.db")),
                    new SqliteRegistryStore(Path.Combine(folder, "registry.db"))
                );
            if (places.DataKey is { } data)
                Log = new EncryptedLogStore(Log, PersonalKeys.Parse(data));
            Registry = new(records, Artefacts, key, Trusted, time);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public ReleaseRegistry Registry { get; }

    public IArtefactStore Artefacts { get; }

    public ILogStore Log { get; }

    public IHeadStore Heads { get; }

    public TrustedKeys Trusted { get; }

    /// <summary>Reads the decision log.</summary>
    public DecisionLogReader LogReader => new(Log);

    /// <summary>Begins to append to the decision log; the caller disposes it before the store.</summary>
    /// <exception cref="HalleyException">HLY5001 to HLY5006: log or head cannot be written.</exception>
    public DecisionLog OpenLog(DecisionLogOptions? options = null) => new(Log, Heads, key, options ?? new(), time);

    /// <summary>Proves the decision log whole.</summary>
    /// <param name="progress">Told how far the check has come; null for nobody.</param>
    public Task<LogCheck> VerifyLogAsync(IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        new LogVerifier(Log, Heads, Trusted).VerifyAsync(progress, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync().ConfigureAwait(false);
        await records.DisposeAsync().ConfigureAwait(false);
        (Artefacts as IDisposable)?.Dispose();
        (Heads as IDisposable)?.Dispose();
        key.Dispose();
    }

    static IArtefactStore OpenArtefacts(string place, TimeProvider time) =>
        S3Place.IsS3(place)
            ? new S3ArtefactStore(
                S3Place.Parse(place, Environment.GetEnvironmentVariable),
                time,
                Environment.GetEnvironmentVariable
            )
            : new FolderArtefactStore(place);

    static IHeadStore OpenHeads(string place, TimeProvider time) =>
        S3Place.IsS3(place)
            ? new S3HeadStore(S3Place.Parse(place, Environment.GetEnvironmentVariable), time, Environment.GetEnvironmentVariable)
            : new FolderHeadStore(place);

    /// <summary>The key given as text or path, or that of the folder.</summary>
    static SigningKey Key(string? given, string otherwise) =>
        given is null ? SigningKey.LoadOrCreate(otherwise)
        : given.Contains("-----BEGIN", StringComparison.Ordinal) ? SigningKey.FromPem(given, "HALLEY_SIGNING_KEY")
        : SigningKey.Load(given);
}
