using Halley.Data;
using Halley.Decisions;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>Makes releases: the decision's definition with its models pinned, its test cases, its value definition and its monitor plan.</summary>
static class Releasing
{
    /// <summary>Name under which a release holds its test cases.</summary>
    public const string TestsTable = "tests";

    /// <param name="nameOrPath">A decision file by path or by name in <c>decisions/</c>.</param>
    /// <param name="uses">Other models than the file's: alias and reference.</param>
    /// <exception cref="HalleyException">HLY7015: no such alias; as specs, plan and registry say.</exception>
    public static async Task<(Release Release, bool Added)> ReleaseAsync(
        Project project,
        LocalStore store,
        string nameOrPath,
        IReadOnlyDictionary<string, string> uses,
        string note,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var definition = WithModels(SpecFiles.Decision.Read(project.SpecPath("decisions", nameOrPath)), uses);
        // Compiled once here, so that a release that can't run is never made.
        DecisionPlan.Compile(definition, await ModelsAsync(store, definition, progress.Part(0, 0.7), cancellation));
        var draft = new ReleaseDraft
        {
            Decision = definition.Name,
            Definition = DecisionJson.ToBytes(definition),
            Models = [.. definition.Models.Select(model => model.Reference).Distinct()],
            Tables = Tables(project, definition),
            By = Actor.Unverified(Environment.UserName),
            Note = note,
        };
        progress?.Report(new("pinning and signing", 0.7));
        return await store.Registry.ReleaseAsync(draft, cancellation);
    }

    /// <summary>The models that a definition names, from the registry.</summary>
    public static async Task<Func<string, Models.FittedModel?>> ModelsAsync(
        LocalStore store,
        DecisionDefinition definition,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var models = new Dictionary<string, Models.FittedModel>(StringComparer.Ordinal);
        string[] references = [.. definition.Models.Select(model => model.Reference).Distinct()];
        foreach (var (place, reference) in references.Index())
        {
            progress?.Report(new($"loading {reference}", place / (double)references.Length));
            var version = await store.Registry.ResolveAsync(reference, cancellation);
            models[reference] = Models.Artefact.Read(await store.Registry.ArtefactAsync(version.Hash, cancellation));
        }
        return models.GetValueOrDefault;
    }

    /// <summary>A definition with other models under its aliases.</summary>
    public static DecisionDefinition WithModels(DecisionDefinition definition, IReadOnlyDictionary<string, string> uses)
    {
        foreach (var alias in uses.Keys.Where(alias => definition.Models.All(model => model.Alias != alias)))
            throw new HalleyException(
                "HLY7015",
                $"decision '{definition.Name}' has no model under the name '{alias}'. It has: {string.Join(", ", definition.Models.Select(model => model.Alias))}."
            );
        return definition with
        {
            Models =
            [
                .. definition.Models.Select(model =>
                    uses.TryGetValue(model.Alias, out var reference) ? model with { Reference = reference } : model
                ),
            ],
        };
    }

    static Dictionary<string, ReadOnlyMemory<byte>> Tables(Project project, DecisionDefinition of)
    {
        var decision = of.Name;
        var tables = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var tests = Path.Combine(project.Folder, "tests", decision + ".yaml");
        if (File.Exists(tests))
            tables[TestsTable] = TestCases.Write(SpecFiles.Tests.Read(tests));
        var value = Path.Combine(project.Folder, "value.yaml");
        if (File.Exists(value) && SpecFiles.Value.Read(value).FirstOrDefault(one => one.Decision == decision) is { } definition)
            tables[ValueDefinitionJson.TableName] = ValueDefinitionJson.ToBytes(definition);
        if (Monitoring.PlanOf(project, of) is { } plan)
            tables[MonitorPlanJson.TableName] = MonitorPlanJson.ToBytes(plan);
        return tables;
    }
}
