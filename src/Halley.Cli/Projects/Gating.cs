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
    )
    {
        var loader = new ReleaseLoader(store.Registry, store.Artefacts);
        Table? rows = null;
        var onPortfolio = new PortfolioEvidence(
            loader,
            cancellation => portfolio is null ? null : rows ??= project.ReadTable(portfolio, cancellation),
            portfolio ?? "no portfolio"
        )
        {
            Simulated = portfolio is not null && project.IsSimulated(portfolio),
            Learned = (model, cancellation) => project.FindData(model) is { } data ? project.ReadTable(data, cancellation) : null,
            Clock = project.Clock,
        };
        return new(
            new Evidence(project, store, loader),
            onPortfolio,
            new SchemaEvidenceProvider(store.Registry),
            new LogEvidence(store.LogReader)
        )
        {
            Progress = progress,
        };
    }

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
            table.AddPlainRow(result.Gate, Verdict(result), Finding(result));
        return table;
    }

    /// <summary>pass, FAIL, warn or waived.</summary>
    public static string Verdict(GateResult result) =>
        result.Passed ? "pass"
        : result.Waiver is not null ? "waived"
        : result.Severity == GateSeverity.Warn ? "warn"
        : "FAIL";

    /// <summary>The finding with what would help, or with the waiver.</summary>
    public static string Finding(GateResult result) =>
        result.Passed ? result.Sentence
        : result.Waiver is { } waiver
            ? $"{result.Sentence} Waived until {waiver.Until:yyyy-MM-dd} by {waiver.By.Name} as {waiver.Role}: {waiver.Why}"
        : $"{result.Sentence} {result.Remedy}";
}
