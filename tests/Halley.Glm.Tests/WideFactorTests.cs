using Halley.Data;
using static Halley.Glm.Tests.StreamedBooks;

namespace Halley.Glm.Tests;

/// <summary>The sums of a factor of very many levels are there once, whatever threads add to them.</summary>
public class WideFactorTests
{
    /// <summary>More levels than keep a group among the sums of each thread.</summary>
    const int Towns = 5_000;

    const int Rows = 20_000;

    static Table Book => field ??= Books.Motor(Rows).With(Groups("town", Rows, row => row * 37 % Rows % Towns));

    static Term[] Terms =>
        [new FactorTerm("zone"), new FactorTerm("town"), new NumericTerm("value"), new BandedTerm("age", [30, 60])];

    [Fact]
    public void Score_and_products_are_those_of_a_loop_over_the_rows()
    {
        var which = Books.Cases[0];
        var rows = LearnRows.Of(which.Set(Book), which.Options(Terms) with { Threads = 3 });
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, Terms);
        var design = DesignBuilder.Build(
            inputs,
            [.. Terms.Select(encoder.Encode)],
            rows.Problem.Weight,
            3,
            DesignExclusions.None
        );
        Assert.True(design.Gathered.Pass.WideLength > 0);
        int[] order =
        [
            .. design.Order.Where(full => !(full >= design.TermStarts[1] && full < design.TermStarts[1] + Towns - 20)),
        ];
        var p = order.Length;
        var (score, products) = PassSums
            .Of(
                rows.Problem,
                design,
                0,
                (part, _, start, u, h, _, _) =>
                {
                    for (var i = 0; i < u.Length; i++)
                        (u[i], h[i]) = (part.Target[start + i], 1 + (start + i) % 5);
                },
                default
            )
            .Reduced();
        var matrix = design.Gathered.ModelLayout.Assemble(products, order);

        var places = new Dictionary<int, int>(order.Select((full, i) => KeyValuePair.Create(full, i)));
        var plain = new DesignRows(new(design, new ColumnState[design.Order.Length]));
        int[] active = new PreparedDesign(design, new ColumnState[design.Order.Length]).Active;
        var (positions, values) = (new int[plain.Widest], new double[plain.Widest]);
        var (expectedScore, expected) = (new double[p], new double[p * p]);
        for (var row = 0; row < Rows; row++)
        {
            var count = plain.Fill(row, positions, values);
            for (var i = 0; i < count; i++)
            {
                if (!places.TryGetValue(active[positions[i]], out var one))
                    continue;
                expectedScore[one] += rows.Problem.Target[row] * values[i];
                for (var j = 0; j < count; j++)
                {
                    if (places.TryGetValue(active[positions[j]], out var other))
                        expected[one * p + other] += (1 + row % 5) * values[i] * values[j];
                }
            }
        }
        for (var i = 0; i < p; i++)
        {
            Assert.Equal(expectedScore[i], score[order[i]], 1e-9);
            for (var j = 0; j < p; j++)
                Assert.Equal(expected[i * p + j], matrix[i * p + j], 1e-9 * Rows);
        }
    }

    [Fact]
    public void Threads_and_streaming_change_no_bit_and_every_level_is_met()
    {
        var (options, set) = (Books.Cases[0].Options(Terms), Books.Cases[0].Set(Book));
        var one = new GlmTrainer(options with { Threads = 1 }).Fit(set);
        AssertSame(one, new GlmTrainer(options with { Threads = 3 }).Fit(set));
        AssertSame(one, new GlmTrainer(options).FitStreamed(set, Batches(Book, 3000), new() { ChunkRows = 16_384 }));
        // The score equations: what is fitted of a level is what was observed.
        foreach (var level in one.Relativities.SelectMany(factor => factor.Levels).Where(level => level.Observed > 0))
            Assert.Equal(level.Observed, level.Fitted, 1e-7 * level.Observed);
    }
}
