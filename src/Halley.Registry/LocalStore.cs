using Halley.Data;

namespace Halley.Registry;

/// <summary>Everything of a registry in one folder of one machine.</summary>
/// <remarks>
/// <code>
/// registry.db   versions, releases, environments, gates
/// log.db        the decision log and outcomes
/// blobs/        artefacts by their hash
/// heads/        signed heads of the log's chains
/// keys/         signing.pem (secret), *.pub.pem (trusted)
/// </code>
/// The key and the heads prove most where another person holds them: put them elsewhere by the arguments.
/// </remarks>
public sealed class LocalStore : IAsyncDisposable
{
    readonly SqliteRegistryStore records;
    readonly SigningKey key;
    readonly TimeProvider time;

    /// <summary>Opens a folder, or makes one.</summary>
    /// <param name="headFolder">Where heads are kept; null for <c>heads</c> in the folder.</param>
    /// <param name="signingKey">Signs releases and heads, owned from here on; null for <c>keys/signing.pem</c> in the folder, made on first use.</param>
    /// <exception cref="HalleyException">HLY5001 to HLY5008: the folder cannot be used; HLY5105, HLY5106: a key in it.</exception>
    public LocalStore(string folder, TimeProvider time, string? headFolder = null, SigningKey? signingKey = null)
    {
        this.time = time;
        var keys = Path.Combine(folder, "keys");
        DurableFile.CreateFolder(keys);
        key = signingKey ?? SigningKey.LoadOrCreate(Path.Combine(keys, "signing.pem"));
        try
        {
            Trusted = TrustedKeys.FromFolder(keys).With(key.Public);
            Artefacts = new FolderArtefactStore(Path.Combine(folder, "blobs"));
            Heads = new FolderHeadStore(headFolder ?? Path.Combine(folder, "heads"));
            Log = new SqliteLogStore(Path.Combine(folder, "log.db"));
            records = new(Path.Combine(folder, "registry.db"));
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
        key.Dispose();
    }
}
