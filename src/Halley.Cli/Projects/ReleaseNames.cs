using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary>Releases as commands name them: <c>quote@3</c>, the newest as <c>quote@latest</c>, an environment's champion as <c>quote@production</c>.</summary>
static class ReleaseNames
{
    const string Latest = "latest";

    /// <exception cref="HalleyException">HLY5107: of none of these forms; HLY7160: there is no release yet; HLY7161: no champion there.</exception>
    public static async Task<VersionId> FindAsync(LocalStore store, string text, CancellationToken cancellation)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || at == text.Length - 1 || char.IsAsciiDigit(text[at + 1]))
            return VersionId.Parse(text);
        var (decision, place) = (text[..at], text[(at + 1)..]);
        var releases = await store.Registry.ReleasesAsync(decision, cancellation);
        if (place == Latest)
            return releases.Count > 0 ? releases.MaxBy(release => release.Id.Version)!.Id : throw NoRelease(decision);
        var live = await store.Registry.LiveAsync(place, cancellation);
        return live.FirstOrDefault(one => one.Decision == decision)?.Arms.Champion ?? throw NoChampion(decision, place);
    }

    static HalleyException NoRelease(string decision) =>
        new("HLY7160", $"there is no release of '{decision}' yet. Make one with 'halley release {decision}'.");

    static HalleyException NoChampion(string decision, string place) =>
        new(
            "HLY7161",
            $"'{decision}@{place}': '{decision}' has no champion in '{place}'. Write {decision}@latest, a number as in {decision}@3, or an environment of 'halley live'."
        );
}
