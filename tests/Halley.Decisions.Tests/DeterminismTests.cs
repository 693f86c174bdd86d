using Halley.Kernels;

namespace Halley.Decisions.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Every_vector_width_gives_the_same_bits() => NarrowRuns.AssertEqualBits();

    [Fact]
    [Trait("Category", "Determinism")]
    public void Answers_leave_their_bits()
    {
        const int rows = 2_003;
        double Uniform(int stream, int row) => CounterRandom.Uniform(1, (ulong)stream, (ulong)row);
        var table = new Table([
            new NumericColumn("claim", [.. Enumerable.Range(0, rows).Select(row => (double)row)]),
            new NumericColumn("report_delay", [.. Enumerable.Range(0, rows).Select(row => 60 * Uniform(1, row))]),
            new BooleanColumn("night", [.. Enumerable.Range(0, rows).Select(row => (sbyte)(row % 2))]),
            new NumericColumn("past_claims", [.. Enumerable.Range(0, rows).Select(row => 4 * Uniform(2, row))]),
            new NumericColumn("reserve", [.. Enumerable.Range(0, rows).Select(row => 5000 * Uniform(3, row))]),
        ]);
        var answers = Sample.Engine(Sample.Triage).Decide(table, new() { Steps = true }).Answers;
        foreach (var column in answers.Columns.Where(column => column.Kind != FieldKind.Text))
        {
            var values = new double[rows];
            column.CopySlots(0, values);
            Fingerprint.Record(column.Name, values);
        }
    }
}
