using Halley.Data;
using static Halley.Glm.Tests.StreamedBooks;

namespace Halley.Glm.Tests;

/// <summary>Penalised fits in passes over rows outside memory, held against the same fits in memory.</summary>
public class StreamedPenaltyTests
{
    /// <summary>Two chunks of a block each, and a part of one.</summary>
    const int Rows = 20_000;

    static Table Book => field ??= WithNames(Books.Motor(Rows));

    static Term[] Terms =>
        [
            new FactorTerm("zone"),
            new NumericTerm("value"),
            new BandedTerm("age", [30, 45, 60, 75]),
            new FactorTerm("fuel"),
            new NumericTerm("size"),
            new NaturalSplineTerm("age") { DegreesOfFreedom = 3 },
            new InteractionTerm(new FactorTerm("fuel"), new NumericTerm("size")),
        ];

    static Table WithNames(Table book)
    {
        double[] dates = [.. Enumerable.Range(0, Rows).Select(row => (double)(2015 + row * 31 % 7))];
        return book.With(new NumericColumn("year", dates)).With(Groups("policy", Rows, row => row / 3));
    }

    public static TheoryData<string> Kinds => ["ridge", "lasso", "net", "group", "steps", "pairs", "monotone", "limits", "all"];

    static GlmPenalty PenaltyOf(string kind) =>
        kind switch
        {
            "ridge" => new() { Strength = 0.002, L1Ratio = 0 },
            "lasso" => new() { Strength = 0.002, Scale = PenaltyScale.All },
            "net" => new() { Strength = 0.002, L1Ratio = 0.5 },
            "group" => new() { Strength = 0.001, Terms = [new("zone") { Kind = PenaltyKind.Group }] },
            "steps" => new()
            {
                Strength = 0.001,
                L1Ratio = 0.7,
                Terms = [new("age band") { Kind = PenaltyKind.Steps }],
            },
            "pairs" => new() { Strength = 0.0005, Terms = [new("zone") { Kind = PenaltyKind.Pairs }] },
            "monotone" => new() { Strength = 0.001, Terms = [new("age band") { Monotone = MonotoneRule.Falling }] },
            "limits" => new() { Strength = 0.001, Terms = [new("zone") { Lower = -0.1, Upper = 0.2 }] },
            _ => new()
            {
                Strength = 0.001,
                L1Ratio = 0.3,
                AllLevels = true,
                Scale = PenaltyScale.None,
            },
        };

    static GlmOptions OptionsOf(Books.Case which, GlmPenalty penalty) =>
        which.Options([.. Terms.Select(term => term is BandedTerm bands ? bands with { Label = "age band" } : term)]) with
        {
            Penalty = penalty,
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_gives_the_fit_of_rows_in_memory(string kind)
    {
        foreach (var which in new[] { Books.Cases[0], Books.Cases[8], Books.Cases[11] })
            AssertNear(OptionsOf(which, PenaltyOf(kind)), which.Set(Book));
    }

    [Fact]
    public void A_gaussian_model_without_levels_gives_the_fit_of_rows_in_memory()
    {
        var options = Books.Cases[11].Options(new NumericTerm("age"), new NumericTerm("value"), new NumericTerm("size")) with
        {
            Penalty = new() { PathLength = 20 },
        };
        AssertNear(options, Books.Cases[11].Set(Book));
    }

    public static TheoryData<string> Plans => ["random", "keys", "time", "column"];

    static FoldPlan PlanOf(string plan) =>
        plan switch
        {
            "keys" => new() { Count = 3, Keys = ["policy"] },
            "time" => new() { Count = 3, Time = "year" },
            "column" => new() { Column = "fuel" },
            _ => new() { Count = 3, Seed = 9 },
        };

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_path_with_held_out_rows_gives_the_choice_of_rows_in_memory(string plan)
    {
        var weights = Book.Numeric("size").Values.ToArray();
        for (var row = 0; row < Rows; row += 5)
            weights[row] = 0;
        var set = Books.Cases[0].Set(Book.With(new NumericColumn("weight", weights))) with { Weight = "weight" };
        AssertNear(OptionsOf(Books.Cases[0], new() { PathLength = 6, Folds = PlanOf(plan) }), set);
        AssertNear(
            OptionsOf(Books.Cases[11], new() { PathLength = 6, Folds = PlanOf(plan) }),
            set with
            {
                Target = "score",
                Exposure = null,
            }
        );
    }

    [Theory]
    [InlineData(1, 8192, 500)]
    [InlineData(3, 16_384, 20_000)]
    [InlineData(2, 131_072, 7)]
    public void Threads_chunks_and_batches_change_no_bit(int threads, int chunkRows, int batch)
    {
        var options = OptionsOf(Books.Cases[0], new() { PathLength = 8, Folds = PlanOf("keys") });
        var set = Books.Cases[0].Set(Book);
        var one = new GlmTrainer(options with { Threads = 1 }).FitStreamed(set, [Book], Small);
        var other = new GlmTrainer(options with { Threads = threads }).FitStreamed(
            set,
            Batches(Book, batch),
            new() { ChunkRows = chunkRows }
        );
        AssertSame(one, other);
        Assert.Equal(one.Penalty!.Path, other.Penalty!.Path);
    }

    [Fact]
    public void Held_terms_give_the_bits_of_rows_in_memory()
    {
        Term[] terms =
        [
            new BandedTerm("age", [30, 45, 60, 75]) { Monotone = MonotoneRule.Rising },
            new FactorTerm("zone") { Lowest = 0.9, Highest = 1.2 },
            new NumericTerm("value"),
        ];
        var (options, set) = (Books.Cases[0].Options(terms), Books.Cases[0].Set(Book));
        AssertNear(new GlmTrainer(options).Fit(set), new GlmTrainer(options).FitStreamed(set, Batches(Book, 3000), Small));
    }

    [Fact]
    public void Folds_that_can_not_be_made_are_refused_as_in_memory()
    {
        var years = Book.Numeric("year").Values.ToArray();
        years[12_345] = double.NaN;
        void Refused(Table book, FoldPlan plan)
        {
            var (options, set) = (OptionsOf(Books.Cases[0], new() { Folds = plan }), Books.Cases[0].Set(book));
            var expected = Assert.Throws<HalleyException>(() => new GlmTrainer(options).Fit(set)).Message;
            var actual = Assert.Throws<HalleyException>(() =>
                new GlmTrainer(options).FitStreamed(set, Batches(book, 3000), Small)
            );
            Assert.StartsWith("HLY2132", expected, StringComparison.Ordinal);
            Assert.Equal(expected, actual.Message);
        }
        Refused(Book.With(new NumericColumn("year", years)), new() { Time = "year" });
        Refused(Book, new() { Time = "zone" });
        var one = Book.With(new NumericColumn("year", new double[Rows]));
        Refused(one, new() { Time = "year" });
        Refused(one, new() { Column = "year" });
    }

    static void AssertNear(GlmOptions options, TrainingSet set)
    {
        var expected = new GlmTrainer(options).Fit(set);
        var actual = new GlmTrainer(options).FitStreamed(set, Batches(set.Learn, 3000), Small);
        var (one, other) = (expected.Penalty!, actual.Penalty!);
        AssertNear(expected, actual);
        Near(one.Strength, other.Strength);
        Near(one.Objective, other.Objective);
        Near(one.EffectiveParameters, other.EffectiveParameters);
        Assert.Equal(one.Nonzero, other.Nonzero);
        Assert.Equal(one.Path.Count, other.Path.Count);
        for (var i = 0; i < one.Path.Count; i++)
        {
            Near(one.Path[i].Deviance, other.Path[i].Deviance);
            Near(one.Path[i].HeldOut ?? 0, other.Path[i].HeldOut ?? 0);
            Near(one.Path[i].HeldOutError ?? 0, other.Path[i].HeldOutError ?? 0);
        }
    }

    static void AssertNear(GlmFit expected, GlmFit actual)
    {
        Assert.True(expected.Converged && actual.Converged);
        Near(expected.Deviance, actual.Deviance);
        Near(expected.EffectiveDegrees, actual.EffectiveDegrees);
        foreach (var (one, other) in expected.Coefficients.Zip(actual.Coefficients))
        {
            Assert.Equal(one.Name, other.Name);
            Assert.Equal(one.Estimate, other.Estimate, 1e-9);
            Assert.Equal(one.Estimate == 0, other.Estimate == 0);
        }
        foreach (
            var (one, other) in expected
                .Relativities.SelectMany(factor => factor.Levels)
                .Zip(actual.Relativities.SelectMany(factor => factor.Levels))
        )
        {
            Assert.Equal((one.Level, one.IsBase, one.RowCount), (other.Level, other.IsBase, other.RowCount));
            Near(one.Fitted, other.Fitted);
        }
    }

    static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * Math.Max(Math.Abs(expected), 1e-3));
}
