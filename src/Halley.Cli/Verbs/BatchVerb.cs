using System.CommandLine;
using System.Globalization;
using Halley.Data;
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
        var tally = await context.WithProgressAsync(
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
                Table Whole() => project.ReadTable(context.Get(data)!, context.Cancellation, progress.Part(0.05, 0.15));
                var source = BatchesOf(project, context, progress.Part(0.05, 0.15)) ?? new TableInBatches(Whole());
                using var sink = TableSink.Open(context.Get(result)!, context.Cancellation);
                var run = new BatchRun(new(plan), new() { Steps = context.Get(steps) });
                var tally = await run.DecideAsync(source, Whole, sink, progress.Part(0.15, 0.95), context.Cancellation);
                sink.Finish();
                return tally;
            }
        );
        var report = new
        {
            tally.Rows,
            tally.Refused,
            tally.Fallbacks,
            Failures = tally.Failures.Select(failure => new { Failure = failure.Failure.ToString(), failure.Count }),
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

    /// <summary>The data batch by batch; null for a query, which is read at once.</summary>
    ITableBatches? BatchesOf(Project project, CommandContext context, IProgress<FitProgress>? progress)
    {
        try
        {
            return project.Batches(context.Get(data)!, context.Cancellation, progress);
        }
        catch (HalleyException problem) when (problem.Code == "HLY3481")
        {
            return null;
        }
    }
}
