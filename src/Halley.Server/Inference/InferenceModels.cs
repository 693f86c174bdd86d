using System.Collections.Frozen;
using System.Globalization;
using Halley.Registry;

namespace Halley.Server;

/// <summary>The models that releases which answer now have pinned, by name and version. Safe to share between threads.</summary>
sealed class InferenceModels(LiveRoutes routes, ReleaseLoader loader)
{
    volatile Catalog? known;

    /// <summary>Names and pinned versions, both in order.</summary>
    public async ValueTask<IReadOnlyList<(string Name, IReadOnlyList<int> Versions)>> ListAsync(CancellationToken cancellation)
    {
        var catalog = await CurrentAsync(cancellation);
        return
        [
            .. catalog
                .Models.Keys.GroupBy(id => id.Name, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, (IReadOnlyList<int>)[.. group.Select(id => id.Version).Order()])),
        ];
    }

    /// <summary>A model; without a version that of a champion, the latest where champions have several. Null where no live release has pinned it.</summary>
    /// <param name="version">As in the address; null for none.</param>
    public async ValueTask<ServedModel?> FindAsync(string name, string? version, CancellationToken cancellation)
    {
        var catalog = await CurrentAsync(cancellation);
        if (version is null)
            return catalog.Defaults.TryGetValue(name, out var latest) ? catalog.Models[new(name, latest)].Value : null;
        return
            int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && catalog.Models.TryGetValue(new(name, number), out var model)
            ? model.Value
            : null;
    }

    async ValueTask<Catalog> CurrentAsync(CancellationToken cancellation)
    {
        var current = routes.Current;
        if (known is { } catalog && ReferenceEquals(catalog.Of, current))
            return catalog;
        // Two requests may both build it: the releases are loaded already, and the results are the same.
        return known = await ReadAsync(current, cancellation);
    }

    async Task<Catalog> ReadAsync(FrozenDictionary<string, LiveRoute> current, CancellationToken cancellation)
    {
        var models = new Dictionary<VersionId, Lazy<ServedModel>>();
        var defaults = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var route in current.Values.OrderBy(route => route.Live.Decision, StringComparer.Ordinal))
        {
            foreach (var release in route.Releases)
            {
                var loaded = await loader.LoadAsync(release, cancellation);
                foreach (var pinned in loaded.Release.Models)
                    models.TryAdd(pinned.Version, new(() => Serve(loaded, pinned, route.Live.Arms)));
            }
            foreach (
                var (name, version) in route.Champion.Release.Models.Select(model => (model.Version.Name, model.Version.Version))
            )
                defaults[name] = Math.Max(version, defaults.GetValueOrDefault(name));
        }
        foreach (var id in models.Keys.Where(id => !defaults.ContainsKey(id.Name)).OrderBy(id => id.Version).ToList())
            defaults[id.Name] = id.Version;
        return new(current, models.ToFrozenDictionary(), defaults.ToFrozenDictionary(StringComparer.Ordinal));
    }

    static ServedModel Serve(LoadedRelease loaded, PinnedModel pinned, LiveArms arms) =>
        new(
            pinned.Version,
            loaded.Models[pinned.Reference],
            loaded.Definition.Models.First(use => use.Reference == pinned.Reference),
            loaded.Definition,
            arms.Stopped.FirstOrDefault(one => one.Stops(pinned.Version))
        );

    /// <param name="Of">The state of the routes that it was made from.</param>
    /// <param name="Defaults">Version that answers where none is named.</param>
    sealed record Catalog(
        object Of,
        FrozenDictionary<VersionId, Lazy<ServedModel>> Models,
        FrozenDictionary<string, int> Defaults
    );
}
