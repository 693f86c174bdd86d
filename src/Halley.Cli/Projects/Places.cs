using Halley.Data;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>The environments of a project: dev, staging and production, those of gates.yaml, and those that hold a release.</summary>
static class Places
{
    static readonly string[] Usual = ["dev", "staging", "production"];

    /// <summary>Refuses an environment that nobody declared: a misspelt one has no gates.</summary>
    /// <exception cref="HalleyException">HLY7047: there is no such environment.</exception>
    public static async Task CheckAsync(Project project, LocalStore store, string environment, CancellationToken cancellation)
    {
        var known = await KnownAsync(project, store, cancellation);
        if (!known.Contains(environment))
            throw new HalleyException(
                "HLY7047",
                $"there is no environment '{environment}'.{NearestText.Hint(environment, known)} There are: {string.Join(", ", known)}. A new one is declared by naming it in gates.yaml; '{environment}: []' gives it no gates."
            );
    }

    static async Task<IReadOnlyList<string>> KnownAsync(Project project, LocalStore store, CancellationToken cancellation)
    {
        var path = Path.Combine(project.Folder, "gates.yaml");
        var declared = File.Exists(path) ? SpecFiles.Gates.Read(path).Select(set => set.Environment) : [];
        var used = (await store.Registry.HistoryAsync(cancellation: cancellation)).Select(change => change.Environment);
        return [.. Usual.Concat(declared).Concat(used).Distinct()];
    }
}
