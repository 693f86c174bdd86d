using Halley.Data;
using Halley.Decisions;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Cli.Tests;

/// <summary><c>halley batch</c> decides file after file of any size by batches.</summary>
public sealed class BatchTests
{
    const string Decision = """
        decision: fee
        inputs:
          id: { kind: text, role: id }
          amount: { kind: number, minimum: 0, maximum: 1000000 }
          region: { kind: category, levels: [north, south] }
        steps:
          fee: { value: 'amount * 0.01 + if(region == "north", 5, 0)' }
        actions: [accept, refer]
        eligibility:
          - { name: large, when: amount > 900000, action: refer, reason: "{amount:0} is large" }
        outputs:
          fee: { value: fee, kind: money, currency: EUR }
        """;

    /// <summary>More rows than two batches hold, so that three are joined.</summary>
    const int Rows = 300_000;

    [Theory]
    [InlineData("csv", "csv")]
    [InlineData("csv", "parquet")]
    [InlineData("parquet", "parquet")]
    [InlineData("parquet", "csv.gz")]
    public async Task Every_row_of_a_long_file_is_answered_in_its_order(string from, string to)
    {
        using var folder = Project();
        var data = Path.Combine(folder.Path, "records." + from);
        TableWriter.Write(Records(Rows), data);
        var answers = Path.Combine(folder.Path, "answers." + to);
        var report = await RatingBook.JsonAsync(folder, 0, "batch", "fee", "--data", data, "--out", answers);
        Assert.Equal((Rows, 2), ((int)report["rows"]!, (int)report["refused"]!));

        var read = TableReader.Read(answers);
        Assert.Equal(Rows, read.RowCount);
        foreach (var row in new[] { 0, 1, 131_071, 131_072, 200_000, Rows - 1 })
        {
            Assert.Equal($"{row + 1}", read["id"].TextAt(row));
            var amount = AmountOf(row);
            if (amount < 0)
                Assert.Contains("amount", read["problems"].TextAt(row), StringComparison.Ordinal);
            else
                Assert.Equal(
                    (double)decimal.Round((decimal)(amount * 0.01 + (row % 2 == 0 ? 5 : 0)), 2, MidpointRounding.AwayFromZero),
                    ((NumericColumn)read["fee"]).Values[row],
                    1e-9
                );
            Assert.Equal(
                amount < 0 ? null
                    : amount > 900_000 ? "refer"
                    : "accept",
                read["action"].TextAt(row)
            );
        }
        Assert.Equal(2, Directory.GetFiles(folder.Path, "*.*").Count(file => file == data || file == answers));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part*"));
    }

    [Fact]
    public async Task A_file_without_rows_gives_one_without_rows()
    {
        using var folder = Project();
        var data = Path.Combine(folder.Path, "records.parquet");
        TableWriter.Write(new Table([new NumericColumn("amount", [])]), data);
        File.WriteAllText(
            Path.Combine(folder.Path, "decisions", "fee.yaml"),
            Decision
                .Replace("  region: { kind: category, levels: [north, south] }\n", "", StringComparison.Ordinal)
                .Replace(" + if(region == \"north\", 5, 0)", "", StringComparison.Ordinal)
        );
        var answers = Path.Combine(folder.Path, "answers.csv");
        Assert.Equal(0, (int)(await RatingBook.JsonAsync(folder, 0, "batch", "fee", "--data", data, "--out", answers))["rows"]!);
        Assert.StartsWith(
            "id,action,fee",
            await File.ReadAllTextAsync(answers, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    /// <summary>One batch is decided, the next is read and the one before is written: none of the others is kept.</summary>
    [Fact]
    public async Task However_long_the_source_a_few_batches_are_held()
    {
        using var folder = Project();
        var plan = DecisionPlan.Compile(SpecFiles.Decision.Read(Path.Combine(folder.Path, "decisions", "fee.yaml")), _ => null);
        var source = new CountedBatches(60);
        using var sink = TableSink.Open(Path.Combine(folder.Path, "answers.csv"), TestContext.Current.CancellationToken);
        var tally = await new BatchRun(new(plan), new()).DecideAsync(
            source,
            () => throw new InvalidOperationException("the source is never read at once"),
            sink,
            progress: null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(60 * CountedBatches.Rows, tally.Rows);
        Assert.InRange(source.MostHeld, 1, 6);
    }

    /// <summary>Batches that know how many of them are still held.</summary>
    sealed class CountedBatches(int count) : ITableBatches
    {
        public const int Rows = 500;
        readonly List<WeakReference> given = [];

        public IReadOnlyList<string> Names { get; } = ["amount", "region"];

        public int MostHeld { get; private set; }

        public IEnumerable<Table> Read(
            IReadOnlyList<string> columns,
            IProgress<FitProgress>? progress,
            CancellationToken cancellation
        )
        {
            for (var i = 0; i < count; i++)
            {
                GC.Collect();
                MostHeld = Math.Max(MostHeld, given.Count(batch => batch.IsAlive));
                yield return Next();
            }
        }

        Table Next()
        {
            var batch = Records(Rows);
            given.Add(new(batch));
            return batch;
        }
    }

    [Fact]
    public async Task An_answer_file_that_can_not_be_written_is_named_and_nothing_is_left()
    {
        using var folder = Project();
        var data = Path.Combine(folder.Path, "records.csv");
        TableWriter.Write(Records(10), data);
        var run = await Command.RunAsync(
            "batch",
            "fee",
            "--project",
            folder.Path,
            "--data",
            data,
            "--out",
            Path.Combine(folder.Path, "missing", "answers.parquet")
        );
        Assert.Equal(3, run.Status);
        Assert.Contains("HLY1513", run.Messages, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part*"));
    }

    static double AmountOf(int row) => row is 1 or 131_072 ? -1 : row * 3.217;

    static Table Records(int rows) =>
        new([
            new NumericColumn("amount", [.. Enumerable.Range(0, rows).Select(AmountOf)]),
            new CategoricalColumn("region", [.. Enumerable.Range(0, rows).Select(row => row % 2)], new(["north", "south"])),
            new NumericColumn("unused", new double[rows]),
        ]);

    static TemporaryFolder Project()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "halley.yaml"), "project: fees\n");
        Directory.CreateDirectory(Path.Combine(folder.Path, "decisions"));
        File.WriteAllText(Path.Combine(folder.Path, "decisions", "fee.yaml"), Decision);
        return folder;
    }
}
