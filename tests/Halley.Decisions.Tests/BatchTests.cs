using System.Text;
using CsCheck;

namespace Halley.Decisions.Tests;

public sealed class BatchTests
{
    static readonly Gen<string?> Region = Gen.OneOf<string?>("north", "south", "east", "atlantis");

    /// <summary>Records with missing, unseen and refused values among them.</summary>
    static Gen<Table> Quotes { get; } =
        Gen.Select(
                Gen.OneOf<double>(Gen.Int[17, 110].Select(age => (double)age), Gen.OneOf(double.NaN, 16, 30.5)),
                Region,
                Gen.OneOf<double>(Gen.Double[0, 100_000], Gen.OneOf(double.NaN, -1)),
                Gen.Int[-1, 1],
                Gen.OneOf<int>(Gen.Int[738_000, 741_000], Gen.Const(-1))
            )
            .Array[1, 60]
            .Select(rows => new Table([
                new TextColumn("quote_id", [.. rows.Select((_, row) => row % 7 == 0 ? null : $"q{row}")]),
                new NumericColumn("age", [.. rows.Select(row => row.Item1)]),
                Categories("region", [.. rows.Select(row => row.Item2!)]),
                new NumericColumn("value", [.. rows.Select(row => row.Item3)]),
                new BooleanColumn("licence", [.. rows.Select(row => (sbyte)row.Item4)]),
                new DateColumn("start", [.. rows.Select(row => row.Item5)]),
            ]));

    static CategoricalColumn Categories(string name, string[] values)
    {
        var levels = new LevelList(values.Distinct());
        return new(name, [.. values.Select(levels.CodeOf)], levels);
    }

    [Fact]
    public void Live_and_batch_give_the_same_bits()
    {
        var engine = Sample.Engine(Sample.Quote);
        var (answered, refused) = (0, 0);
        Quotes.Sample(
            table =>
            {
                var batch = engine.Decide(table, new() { Steps = true });
                for (var row = 0; row < table.RowCount; row++)
                {
                    if (engine.TryDecide(Record(table, row), out var answer, out var problems))
                    {
                        using (answer)
                            AssertSame(answer, batch.Answers, row);
                        answered++;
                    }
                    else
                    {
                        Assert.Equal(string.Join(" ", problems), batch.Answers["problems"].TextAt(row));
                        Assert.True(batch.Answers["action"].IsMissing(row));
                        refused++;
                    }
                }
            },
            iter: 200,
            threads: 1
        );
        Assert.True(answered > 1000 && refused > 1000);
    }

    [Fact]
    public void Threads_and_blocks_change_nothing()
    {
        var engine = Sample.Engine(Sample.Triage);
        var random = new Random(5);
        const int rows = 5000;
        var table = new Table([
            new NumericColumn("claim", [.. Enumerable.Range(0, rows).Select(row => (double)row)]),
            new NumericColumn("report_delay", [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(0, 60))]),
            new BooleanColumn("night", [.. Enumerable.Range(0, rows).Select(_ => (sbyte)random.Next(0, 2))]),
            new NumericColumn("past_claims", [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(0, 4))]),
            new NumericColumn("reserve", [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() * 5000)]),
        ]);
        var one = engine.Decide(table, new() { Threads = 1 }).Answers;
        var many = engine.Decide(table, new() { Threads = 7 }).Answers;
        var shifted = engine.Decide(table.Take([.. Enumerable.Range(3, rows - 3)])).Answers;
        foreach (var column in one.Columns)
        {
            for (var row = 0; row < rows; row++)
            {
                Assert.Equal(column.TextAt(row), many[column.Name].TextAt(row));
                if (row >= 3)
                    Assert.Equal(column.TextAt(row), shifted[column.Name].TextAt(row - 3));
            }
        }
        Assert.Equal(3, ((CategoricalColumn)one["action"]).Codes.ToArray().Distinct().Count());
    }

    [Fact]
    public void A_table_without_a_needed_column_is_refused_with_every_problem()
    {
        var table = new Table([
            new NumericColumn("age", [1]),
            new NumericColumn("licence", [1]),
            new NumericColumn("extra", [1]),
        ]);
        Assert.Equal(
            "HLY4004: the table does not fit the inputs of 'motor-quote':\n"
                + "- there is no column 'region', and the field may not be missing. The table has: age, licence, extra.\n"
                + "- column 'licence' is of kind number where the field is a boolean. Read the file with the decision's schema.",
            Assert.Throws<HalleyException>(() => Sample.Engine(Sample.Quote).Decide(table)).Message
        );
    }

    [Fact]
    public void An_empty_table_has_an_empty_answer() =>
        Assert.Equal(
            0,
            Sample
                .Engine(Sample.Quote)
                .Decide(new Table([new NumericColumn("age", []), Categories("region", []), new BooleanColumn("licence", [])]))
                .Answers.RowCount
        );

    static byte[] Record(Table table, int row)
    {
        var fields = table.Columns.Select(column =>
        {
            var text = column.TextAt(row);
            var quoted = column.Kind is FieldKind.Text or FieldKind.Category or FieldKind.Date;
            return $"\"{column.Name}\":{(text is null ? "null" : quoted ? $"\"{text}\"" : text)}";
        });
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', fields)}}}");
    }

    static void AssertSame(DecisionAnswer live, Table batch, int row)
    {
        Assert.Equal(live.Action, batch["action"].TextAt(row));
        Assert.Equal(
            live.Reasons.Count == 0 ? null : string.Join("; ", live.Reasons.Select(reason => reason.Sentence)),
            batch["reasons"].TextAt(row)
        );
        foreach (var name in live.Plan.Outputs.Select(output => output.Definition.Name))
        {
            if (batch[name] is CategoricalColumn levels)
                Assert.Equal(live.Level(name), levels.TextAt(row));
            else
                AssertSameBits(live.Output(name), batch[name], row);
        }
        foreach (var (step, value) in live.Steps.Where(_ => !live.IsFallback))
            AssertSameBits(value, batch[$"steps.{step.Name}"], row);
    }

    static void AssertSameBits(double live, Column column, int row)
    {
        Span<double> batch = stackalloc double[1];
        column.CopySlots(row, batch);
        if (
            !(double.IsNaN(live) && double.IsNaN(batch[0]))
            && BitConverter.DoubleToInt64Bits(live) != BitConverter.DoubleToInt64Bits(batch[0])
        )
            Assert.Fail($"'{column.Name}', row {row}: {live:R} live, {batch[0]:R} in the batch.");
    }
}
