using Halley.Data;

namespace Halley.Registry;

/// <summary>Where the registry's records are kept. Every call is one transaction: done whole and durably, or not at all.</summary>
/// <remarks>
/// A store adds records and never changes or removes one. It numbers what it adds; the rules of what may be added are
/// in <see cref="ReleaseRegistry"/>. Any number of processes may use one store at once. Every implementation passes the
/// same contract tests.
/// </remarks>
public interface IRegistryStore : IAsyncDisposable
{
    /// <summary>Adds the next version of a model, or finds the version that has the same hash.</summary>
    /// <param name="make">Makes the record for the number given.</param>
    Task<(ModelVersion Version, bool Added)> AddModelAsync(
        string name,
        ContentHash hash,
        Func<VersionId, ModelVersion> make,
        CancellationToken cancellation
    );

    /// <summary>All versions of a model, or of all models, by name and number.</summary>
    Task<IReadOnlyList<ModelVersion>> ModelsAsync(string? name, CancellationToken cancellation);

    Task AddAliasAsync(AliasChange change, CancellationToken cancellation);

    /// <summary>Every change of the aliases of a model, oldest first.</summary>
    Task<IReadOnlyList<AliasChange>> AliasesAsync(string name, CancellationToken cancellation);

    /// <summary>Adds the next release of a decision, or finds the release that has the same hash.</summary>
    /// <param name="make">Makes and signs the record for the number given.</param>
    Task<(Release Release, bool Added)> AddReleaseAsync(
        string decision,
        ContentHash hash,
        Func<VersionId, Release> make,
        CancellationToken cancellation
    );

    /// <summary>All releases of a decision, or of all decisions, by name and number.</summary>
    Task<IReadOnlyList<Release>> ReleasesAsync(string? decision, CancellationToken cancellation);

    Task<Release?> FindReleaseAsync(VersionId id, CancellationToken cancellation);

    /// <summary>Adds a change, which takes effect with this call; false where its revision is no longer the next one.</summary>
    Task<bool> TryAddChangeAsync(EnvironmentChange change, CancellationToken cancellation);

    /// <summary>Changes in the order in which they took effect; of one environment and one decision where these are given.</summary>
    Task<IReadOnlyList<EnvironmentChange>> ChangesAsync(string? environment, string? decision, CancellationToken cancellation);

    /// <summary>The last change of each decision of an environment, by name.</summary>
    Task<IReadOnlyList<EnvironmentChange>> LastChangesAsync(string environment, CancellationToken cancellation);

    /// <summary>Grows with every change of any environment: a cheap way for a server to see that something changed.</summary>
    Task<long> ChangeCountAsync(CancellationToken cancellation);

    Task AddGatesAsync(GateSetChange change, CancellationToken cancellation);

    /// <summary>Every set of gates that an environment had, oldest first.</summary>
    Task<IReadOnlyList<GateSetChange>> GatesAsync(string environment, CancellationToken cancellation);

    Task AddRequestAsync(PromotionRequest request, CancellationToken cancellation);

    Task<PromotionRequest?> FindRequestAsync(string id, CancellationToken cancellation);

    /// <summary>Requests of an environment, oldest first.</summary>
    Task<IReadOnlyList<PromotionRequest>> RequestsAsync(string environment, CancellationToken cancellation);

    Task AddApprovalAsync(Approval approval, CancellationToken cancellation);

    /// <summary>Approvals of a request, oldest first.</summary>
    Task<IReadOnlyList<Approval>> ApprovalsAsync(string request, CancellationToken cancellation);

    Task AddEntryAsync(RegistryEntry entry, CancellationToken cancellation);

    /// <summary>Entries of a kind, oldest first; of one scope where it is given.</summary>
    Task<IReadOnlyList<RegistryEntry>> EntriesAsync(string kind, string? scope, CancellationToken cancellation);
}
