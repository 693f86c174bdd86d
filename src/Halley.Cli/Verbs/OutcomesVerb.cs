using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley outcomes import FILE</c></summary>
sealed class OutcomesVerb() : Verb("outcomes", "Say what became of decisions.")
{
    protected override IEnumerable<Verb> Children => [new Import(), new OutcomesFraudVerb()];

    sealed class Import() : Verb("import", "Take in outcomes from a file; the same outcome again counts once.")
    {
        // Some thousands share one durable commit.
        const int Batch = 5_000;

        readonly Argument<string> file = new("file")
        {
            Description =
                "CSV or Parquet with outcome_id, decision_id, kind, value, valuation_date, and verdict for kind fraud_verdict.",
        };
        readonly Option<bool> simulated = new("--simulated")
        {
            Description = "The outcomes were generated; figures that rest on them say so.",
        };

        protected override IEnumerable<Symbol> Symbols => [file, simulated];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            var project = context.OpenProject();
            await using var store = project.OpenStore();
            await using var log = store.OpenLog();
            var (taken, repeated) = await context.WithProgressAsync(
                "outcomes",
                progress =>
                {
                    var rows = project.ReadTable(context.Get(file), context.Cancellation, progress.Part(0, 0.3));
                    return AppendAsync(log, rows, context.Get(simulated), progress.Part(0.3, 1), context.Cancellation);
                }
            );
            context.Output.Write(
                new { Accepted = taken, Repeated = repeated },
                console => console.WriteLine($"{taken:N0} outcomes taken in, {repeated:N0} were there already")
            );
            return ExitStatus.Passed;
        }

        static async Task<(int Taken, int Repeated)> AppendAsync(
            DecisionLog log,
            Table rows,
            bool simulated,
            IProgress<FitProgress>? progress,
            CancellationToken cancellation
        )
        {
            var (taken, repeated) = (0, 0);
            foreach (var part in Outcomes(rows, simulated).Chunk(Batch))
            {
                var receipt = await log.AppendAsync(part, cancellation);
                (taken, repeated) = (taken + receipt.Taken, repeated + receipt.Repeated);
                progress?.Report(new("taking in outcomes", (taken + repeated) / (double)rows.RowCount));
            }
            return (taken, repeated);
        }

        static IEnumerable<Outcome> Outcomes(Table rows, bool simulated)
        {
            var (ids, decisions, kinds) = (rows["outcome_id"], rows["decision_id"], rows["kind"]);
            var (values, dates) = (rows.Numeric("value"), rows["valuation_date"]);
            var verdicts = rows.Find("verdict");
            for (var row = 0; row < rows.RowCount; row++)
            {
                yield return new()
                {
                    Id = ids.TextAt(row) ?? throw Missing(row, "outcome_id"),
                    DecisionId = Guid.TryParse(decisions.TextAt(row), out var decision)
                        ? decision
                        : throw Missing(row, "decision_id"),
                    Kind = kinds.TextAt(row) ?? throw Missing(row, "kind"),
                    Value = values.IsMissing(row) ? throw Missing(row, "value") : values.Values[row],
                    ValuationDate = DateOnly.TryParseExact(
                        dates.TextAt(row),
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var date
                    )
                        ? date
                        : throw Missing(row, "valuation_date"),
                    Simulated = simulated,
                    Verdict = verdicts?.TextAt(row) is { Length: > 0 } word
                        ? FraudVerdicts.Find(word) ?? throw Missing(row, "verdict")
                        : null,
                };
            }
        }

        static HalleyException Missing(int row, string column) =>
            new(
                "HLY7026",
                $"outcomes, row {row + 1}: '{column}' is missing or not readable. Correct the row; none of its batch was taken in."
            );
    }
}
