using Halley.Data;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>The project's gates: from gates.yaml into the registry, and judged.</summary>
static class Gating
{
    public static GateEvaluator Evaluator(
        Project project,
        LocalStore store,
        string? portfolio,
        IProgress<FitProgress>? progress = null
    ) =>
        new(new Evidence(project, store, new(store.Registry, store.Artefacts), portfolio), new LogEvidence(store.LogReader))
        {
            Progress = progress,
        };

    /// <summary>Gives an environment the gates of gates.yaml, where the file names it.</summary>
    public static async Task SetGatesAsync(
        Project project,
        LocalStore store,
        string environment,
        Actor by,
        CancellationToken cancellation
    )
    {
        var path = Path.Combine(project.Folder, "gates.yaml");
        if (File.Exists(path) && SpecFiles.Gates.Read(path).FirstOrDefault(set => set.Environment == environment) is { } gates)
            await store.Registry.SetGatesAsync(gates, by, "as gates.yaml says", cancellation);
    }

    public static Spectre.Console.Table Draw(IEnumerable<GateResult> results)
    {
        var table = Tables.WithText("gate", "", "finding");
        foreach (var result in results)
            table.AddPlainRow(
                result.Gate,
                result.Passed ? "pass" : "FAIL",
                result.Passed ? result.Sentence : $"{result.Sentence} {result.Remedy}"
            );
        return table;
    }
}
