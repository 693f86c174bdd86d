using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Decisions;
using Halley.Sources;

namespace Halley.Cli;

/// <summary><c>halley batch DECISION --data FILE --out FILE</c></summary>
sealed class BatchVerb() : Verb("batch", "Decide every row of a file, by the same plan as live and with the same bits.")
{
    readonly Argument<string> decision = new("decision")
    {
        Description = "A decision file or its name, or a release such as motor-quote@2.",
    };
    readonly Option<string> data = new("--data")
    {
        Description = "Table of data.yaml, or a CSV or Parquet file.",
        Required = true,
    };
    readonly Option<string> result = new("--out") { Description = "CSV or Parquet file to write.", Required = true };
    readonly Option<bool> steps = new("--steps") { Description = "Write every step's value too." };

    protected override IEnumerable<Symbol> Symbols => [decision, data, result, steps];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var (rows, decided) = await context.WithProgressAsync(
            "batch",
            async progress =>
            {
                var plan = await Plans.OfAsync(
                    project,
                    store,
                    context.Get(decision),
                    progress.Part(0, 0.05),
                    context.Cancellation
                );
                var engine = new DecisionEngine(plan);
                var read = project.ReadTable(context.Get(data)!, context.Cancellation, progress.Part(0.05, 0.2));
                var options = new BatchOptions { Steps = context.Get(steps), Progress = progress.Part(0.2, 0.8) };
                var answered = engine.Decide(RowIds.AddTo(read, plan.Definition), options, context.Cancellation);
                TableWriter.Write(answered.Answers, context.Get(result)!, progress.Part(0.8, 1), context.Cancellation);
                return (read, answered);
            }
        );
        var report = new
        {
            Rows = rows.RowCount,
            decided.Refused,
            decided.Fallbacks,
            Failures = decided.Failures.Select(failure => new { Failure = failure.Failure.ToString(), failure.Count }),
            Out = context.Get(result),
        };
        context.Output.Write(
            report,
            console =>
                console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Rows:N0} rows decided, {report.Refused:N0} refused, {report.Fallbacks:N0} by fallback, written to {report.Out}"
                    )
                )
        );
        return ExitStatus.Passed;
    }
}
