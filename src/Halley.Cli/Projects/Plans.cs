using Halley.Data;
using Halley.Decisions;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>Compiles what a user names: a release, or a decision file with the models that its references mean now.</summary>
static class Plans
{
    public static async Task<DecisionPlan> OfAsync(
        Project project,
        LocalStore store,
        string name,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (VersionId.TryParse(name, out var release))
            return (await new ReleaseLoader(store.Registry, store.Artefacts).LoadAsync(release, cancellation)).Plan;
        var definition = SpecFiles.Decision.Read(project.SpecPath("decisions", name));
        return DecisionPlan.Compile(definition, await Releasing.ModelsAsync(store, definition, progress, cancellation));
    }
}
