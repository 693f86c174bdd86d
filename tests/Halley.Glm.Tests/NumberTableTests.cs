using CsCheck;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm.Tests;

/// <summary>Numbers of few values are held as tables over cells: the same model as with columns over rows.</summary>
public class NumberTableTests
{
    const int Rows = 6_000;

    static readonly Term[] Terms =
    [
        new FactorTerm("zone"),
        new NumericTerm("bonus"),
        new LogTerm("age"),
        new PolynomialTerm("age", 3),
        new FactorTerm("fuel"),
        new NumericTerm("density"),
        new InteractionTerm(new NumericTerm("bonus"), new PolynomialTerm("age", 2)) { Label = "bonus by age" },
        new NumericTerm("garage size") { WhenMissing = ValueRule.Replace("2") },
    ];

    /// <summary>A book whose numbers have few values; some garages have no size.</summary>
    static Table Book(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        double[] Of(Func<double> next) => [.. Enumerable.Range(0, Rows).Select(_ => next())];
        return Books
            .Motor(Rows, seed)
            .With(new NumericColumn("age", Of(() => 18 + 3 * random.NextInt(14))))
            .With(new NumericColumn("bonus", Of(() => 50 + 10 * random.NextInt(9))))
            .With(new NumericColumn("density", Of(() => Math.Log(3 + random.NextInt(300)))))
            .With(new NumericColumn("garage size", Of(() => random.NextInt(5) is > 0 and var size ? size : double.NaN)));
    }

    static (LearnRows Rows, LearnInputs Inputs, DesignTerm[] Terms) Encoded(Books.Case which, Table learn, Term[] terms)
    {
        var rows = LearnRows.Of(which.Set(learn), which.Options(terms) with { Threads = 1 });
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, terms);
        return (rows, inputs, [.. terms.Select(encoder.Encode)]);
    }

    static GlmSolution Fit(Books.Case which, Table learn, bool plain)
    {
        var (rows, inputs, terms) = Encoded(which, learn, Terms);
        var exclusions = DesignExclusions.None with { Plain = plain };
        var design = DesignBuilder.Build(inputs, terms, rows.Problem.Weight, 1, exclusions);
        Assert.Equal(plain ? 0 : 3, design.Blocks[0].Sources.Length);
        var (states, isBetterPlain) = ColumnStates.Of(rows.Problem, design, null, default);
        Assert.False(isBetterPlain);
        return GlmSolver.Fit(new(rows.Problem, new(design, states), which.Options(Terms)), null, default);
    }

    [Fact]
    public void Tables_and_columns_give_one_model() =>
        Gen.Select(Gen.Int[0, Books.Cases.Count - 1], Gen.ULong[1, 1000])
            .Sample(
                (index, seed) =>
                {
                    var (which, learn) = (Books.Cases[index], Book(seed));
                    var (tables, columns) = (Fit(which, learn, plain: false), Fit(which, learn, plain: true));
                    if (!columns.Converged || !tables.Converged)
                        return;
                    Assert.Equal(columns.Sums.Deviance, tables.Sums.Deviance, 1e-11 * columns.Sums.Deviance);
                    Assert.Equal(columns.States, tables.States);
                    var p = columns.States.Count;
                    for (var i = 0; i < p; i++)
                    {
                        var error = Math.Sqrt(columns.UnscaledCovariance[i * p + i]);
                        Assert.Equal(columns.Beta[columns.Design.Order[i]], tables.Beta[tables.Design.Order[i]], 1e-8 * error);
                        Assert.Equal(error, Math.Sqrt(tables.UnscaledCovariance[i * p + i]), 1e-8 * error);
                    }
                },
                iter: 20,
                threads: 1
            );

    [Fact]
    public void Robust_errors_and_leverages_are_those_of_columns()
    {
        // A number of a value a row puts all numbers into columns.
        var learn = Book(3).With(new NumericColumn("row", [.. Enumerable.Range(0, Rows).Select(row => row % 7 + 1e-9 * row)]));
        var (which, robust) = (Books.Cases[0], ErrorKind.RobustJackknife);
        Term[] few = [.. Terms, new NumericTerm("sevens")];
        Term[] many = [.. Terms, new NumericTerm("row") { Label = "sevens" }];
        learn = learn.With(new NumericColumn("sevens", [.. Enumerable.Range(0, Rows).Select(row => (double)(row % 7))]));

        var tables = new GlmTrainer(which.Options(few) with { Errors = robust }).Fit(which.Set(learn));
        var columns = new GlmTrainer(which.Options(many) with { Errors = robust }).Fit(which.Set(learn));

        for (var i = 0; i < tables.Coefficients.Count; i++)
        {
            var error = columns.Coefficients[i].StandardError;
            Assert.Equal(error, tables.Coefficients[i].StandardError, 1e-4 * error);
            Assert.Equal(columns.Coefficients[i].Estimate, tables.Coefficients[i].Estimate, 1e-3 * error);
        }
    }

    [Theory]
    [InlineData(0.5, 4)]
    [InlineData(1e-7, 0)]
    public void Numbers_that_all_but_depend_on_each_other_go_back_to_columns(double noise, int sources)
    {
        var (which, learn, random) = (Books.Cases[0], Book(5), new DeterministicRandom(1));
        double[] near = [.. learn.Numeric("age").Values.ToArray().Select(age => age + noise * random.NextInt(9))];
        Term[] terms = [.. Terms, new NumericTerm("near")];
        var (rows, inputs, encoded) = Encoded(which, learn.With(new NumericColumn("near", near)), terms);

        var design = GlmDesigner.Design(rows.Problem, inputs, encoded, default).Design;

        Assert.Equal(sources, design.Blocks[0].Sources.Length);
    }

    [Fact]
    public void A_term_looked_up_has_the_bits_of_the_term_that_scores()
    {
        Term[] terms =
        [
            new InteractionTerm(new FactorTerm("zone"), new FactorTerm("fuel")),
            new InteractionTerm(new PolynomialTerm("age", 3), new LogTerm("density")),
            new BandedTerm("bonus", [60, 80, 100]),
        ];
        var (rows, inputs, encoded) = Encoded(Books.Cases[0], Book(2).Where(_ => true), terms);
        int[] slots = [.. Enumerable.Range(0, inputs.Inputs.Count)];
        var block = new SlotBlock(slots.Length, Rows);
        foreach (var slot in slots)
            inputs.Read(slot, 0, block[slot]);
        foreach (var term in encoded)
        {
            var (looked, scored) = (EncodedColumns.For(term.Encoded, Rows), EncodedColumns.For(term.Encoded, Rows));
            TermLookup.Of(term.Encoded, inputs)!.Fill(looked, new(0, 0, Rows));
            scored.Fill(term.Encoded, block, slots, new(0, 0, Rows));
            Assert.Equal(scored.Cells, looked.Cells);
            Assert.Equal(scored.Columns, looked.Columns);
        }
    }

    [Fact]
    public void Distinct_values_are_found_and_coded_on_any_number_of_threads()
    {
        var random = new DeterministicRandom(4);
        double[] kinds = [-0.0, 0, 7, -7, 1.5, 1e300, double.NaN, 4095, 4096, 0.1];
        double[] values = [.. Enumerable.Range(0, 30_000).Select(i => i % 3 == 0 ? random.NextInt(900) / 8.0 : kinds[i % 10])];
        double[] expected = [.. values.Where(value => !double.IsNaN(value)).Distinct().Order()];
        foreach (var threads in (int[])[1, 3])
        {
            var index = ValueIndex.Of(
                values.Length,
                threads,
                (start, slots) => values.AsSpan(start, slots.Length).CopyTo(slots.Span)
            )!;
            Assert.Equal(expected, index.Values);
            Assert.Equal(values.Length, index.Counts.Sum());
            for (var row = 0; row < values.Length; row++)
                Assert.Equal(values[row], index.Codes[row] == expected.Length ? double.NaN : expected[index.Codes[row]]);
        }
        var many = Enumerable.Range(0, ValueIndex.Limit + 1).Select(i => i / 3.0).ToArray();
        Assert.Null(ValueIndex.Of(many.Length, 2, (start, slots) => many.AsSpan(start, slots.Length).CopyTo(slots.Span)));
    }
}
