using Halley.Data;
using Halley.Decisions;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>Holds value.yaml against the decisions that were released: a misspelt output would drop money without a word.</summary>
static class ValueChecks
{
    /// <param name="asked">The one decision that is wanted; null for all of the file.</param>
    /// <exception cref="HalleyException">HLY7048: every decision that nobody wrote, and every output that no release has.</exception>
    public static async Task CheckAsync(
        Project project,
        LocalStore store,
        IReadOnlyList<ValueDefinition> definitions,
        string? asked,
        CancellationToken cancellation
    )
    {
        var outputs = await OutputsAsync(store, cancellation);
        string[] written = [.. project.DecisionFiles().Select(path => SpecFiles.Decision.Read(path).Name)];
        var problems = new List<string>();
        if (asked is not null && definitions.Count == 0)
            problems.Add($"it has no decision '{asked}'");
        foreach (var definition in definitions)
        {
            if (!outputs.TryGetValue(definition.Decision, out var known))
            {
                // One that waits for its first release is no mistake.
                if (!written.Contains(definition.Decision))
                    problems.Add(
                        $"there is no decision '{definition.Decision}'.{NearestText.Sentence(definition.Decision, written)}".TrimEnd(
                            '.'
                        )
                    );
                continue;
            }
            var named = definition.Terms.Select(term => term.Output).Append(definition.ExpectedOutput).OfType<string>();
            problems.AddRange(
                named
                    .Where(output => !known.Contains(output))
                    .Distinct()
                    .Select(output =>
                        $"'{definition.Decision}' has no output '{output}'.{NearestText.Sentence(output, known)}".TrimEnd('.')
                    )
            );
        }
        if (problems.Count > 0)
            throw new HalleyException("HLY7048", $"value.yaml can't be used: {string.Join("; ", problems)}.");
    }

    /// <summary>The outputs of each released decision, of all its releases together.</summary>
    static async Task<IReadOnlyDictionary<string, HashSet<string>>> OutputsAsync(LocalStore store, CancellationToken cancellation)
    {
        var outputs = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var release in await store.Registry.ReleasesAsync(cancellation: cancellation))
        {
            var definition = DecisionJson.Read(
                await store.Artefacts.GetAsync(release.Definition, cancellation),
                $"release '{release.Id}'"
            );
            if (!outputs.TryGetValue(release.Decision, out var known))
                outputs.Add(release.Decision, known = new(StringComparer.Ordinal));
            known.UnionWith(definition.Outputs.Select(output => output.Name));
        }
        return outputs;
    }
}
