using System.Text;

namespace Halley.Registry.Tests;

/// <summary>A registry of one test with its stores, its clock and two people.</summary>
sealed class Desk : IAsyncDisposable
{
    public static readonly Actor Alice = Actor.Unverified("alice");
    public static readonly Actor Bob = new("bob", true);

    readonly TemporaryFolder folder = new();
    readonly IRegistryStore store;
    readonly SigningKey key = SigningKey.Create();

    /// <param name="trusted">Another desk's key, whose releases are believed here; null for none.</param>
    public Desk(Func<TemporaryFolder, IRegistryStore>? openStore = null, PublicKey? trusted = null)
    {
        store = openStore is null ? new SqliteRegistryStore(folder.At("registry.db")) : openStore(folder);
        Artefacts = new(folder.At("blobs"));
        Registry = new(store, Artefacts, key, new(trusted is null ? [] : [trusted]), Time);
    }

    public PublicKey Key => key.Public;

    public ManualTime Time { get; } = new();

    public FolderArtefactStore Artefacts { get; }

    public ReleaseRegistry Registry { get; }

    public IRegistryStore Store => store;

    public string RegistryFile => folder.At("registry.db");

    /// <summary>Makes the release <c>motor-quote@n</c> with one model and one table.</summary>
    public async Task<VersionId> ReleaseAsync(string content, Actor? by = null)
    {
        await Registry.RegisterModelAsync("claim-count", Bytes("model of " + content), by ?? Alice);
        var version = (await Registry.ModelsAsync("claim-count"))[^1].Id;
        var (release, _) = await Registry.ReleaseAsync(
            new()
            {
                Decision = "motor-quote",
                Definition = Bytes($"{{\"content\":\"{content}\"}}"),
                Models = [version.ToString()],
                Tables = new Dictionary<string, ReadOnlyMemory<byte>> { ["area"] = Bytes("A,1.0\nB,1.2\n") },
                By = by ?? Alice,
            }
        );
        return release.Id;
    }

    public Task<EnvironmentChange> PromoteAsync(
        VersionId release,
        ReleaseRole role = ReleaseRole.Champion,
        double share = 0,
        string environment = "production",
        params IReadOnlyList<IEvidenceProvider> providers
    ) => Registry.PromoteAsync(Draft(release, role, share, environment), new(providers));

    public static PromotionDraft Draft(
        VersionId release,
        ReleaseRole role = ReleaseRole.Champion,
        double share = 0,
        string environment = "production"
    ) =>
        new()
        {
            Environment = environment,
            Release = release,
            Role = role,
            Share = share,
            By = Alice,
            Why = "test",
        };

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        key.Dispose();
        folder.Dispose();
    }
}
