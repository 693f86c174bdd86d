using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models.Tests;

/// <summary>A model fitted from batches is the model fitted in memory, byte for byte: scorer, figures, profiles, check rows, lineage.</summary>
public class StreamedModelTests
{
    static Table Book => field ??= Portfolio.Make(5_000);

    static ModelSpec Glm(params Term[] terms) => Specs.Glm with { Learner = new GlmLearner { Terms = terms } };

    public static TheoryData<string> Cases =>
        [
            "column",
            "ids",
            "rows",
            "time",
            "where",
            "capped",
            "rate",
            "binomial",
            "gamma",
            "weights",
            "no exposure",
            "shape",
            "smooth",
            "clustered",
            "path",
        ];

    static ModelSpec Spec(string what) =>
        what switch
        {
            "ids" => Specs.Glm with
            {
                Split = new RandomSplit
                {
                    TestShare = 0.3,
                    ValidationShare = 0.2,
                    Keys = ["id"],
                },
            },
            "rows" => Specs.Glm with { Split = new RandomSplit { TestShare = 0.3 } },
            "time" => Specs.Glm with
            {
                Split = new TimeSplit { Column = "start", TestFrom = new(2025, 6, 1) },
            },
            "where" => Specs.Glm with { Where = "brand != 'Daf' and age > 25" },
            "capped" => Specs.Glm with
            {
                Target = "cost",
                Family = Family.Parse("tweedie(1.5)"),
                Cap = new(900, CapExcess.Spread),
            },
            "rate" => Specs.Glm with { ExposureUse = ExposureUse.Rate },
            "binomial" => Glm(new FactorTerm("brand"), new NaturalSplineTerm("age") { DegreesOfFreedom = 4 }) with
            {
                Family = Family.Binomial,
                Exposure = null,
                Derived = [],
            },
            "gamma" => Specs.Glm with
            {
                Target = "cost",
                Exposure = null,
                Weight = "claims",
                Family = Family.Gamma,
                Link = Link.Log,
                Where = "cost > 0",
            },
            "weights" => Specs.Glm with { Weight = "age", Where = "age > 0" },
            "no exposure" => Glm(new FactorTerm("garage"), new NumericTerm("age")) with { Exposure = null, Derived = [] },
            "shape" => Specs.Glm with { Family = Family.Parse("negbinomial") },
            "smooth" => Glm(new SmoothTerm("age") { Size = 6 }, new CredibilityTerm("brand")),
            "clustered" => Specs.Glm with
            {
                Learner = new GlmLearner
                {
                    Terms = [new FactorTerm("brand")],
                    Options = new() { Errors = ErrorKind.Clustered, Cluster = "id" },
                },
            },
            "path" => Specs.Glm with
            {
                Learner = new GlmLearner
                {
                    Terms = [new FactorTerm("brand"), new NumericTerm("age")],
                    Options = new()
                    {
                        Penalty = new()
                        {
                            PathLength = 8,
                            Folds = new() { Count = 3, Keys = ["id"] },
                        },
                    },
                },
            },
            _ => Specs.Glm,
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_split_role_and_family_gives_the_artefact_of_a_fit_in_memory(string what)
    {
        var spec = Spec(what);
        var expected = ModelFitter.Fit(spec, Book, options: new() { Threads = 1 });

        Assert.Equal(Artefact.ToBytes(expected), Artefact.ToBytes(Stream(spec, Book, 700, 1000, threads: 2)));
    }

    [Theory]
    [InlineData(1, 5_000, 1)]
    [InlineData(7, 333, 2)]
    [InlineData(5_000, 5_000, 3)]
    public void Batches_and_threads_change_no_bit(int batch, int spoolBatch, int threads) =>
        Assert.Equal(
            Artefact.ToBytes(ModelFitter.Fit(Specs.Glm, Book)),
            Artefact.ToBytes(Stream(Specs.Glm, Book, batch, spoolBatch, threads))
        );

    [Fact]
    public void Declared_units_and_the_offset_of_another_model_are_taken_over()
    {
        var declared = new Schema([
            new Field
            {
                Name = "garage",
                Kind = FieldKind.Boolean,
                Unit = "yes or no",
            },
        ]);
        var below = ModelFitter.Fit(Glm(new FactorTerm("brand")) with { Name = "below", Derived = [] }, Book);
        var spec = Glm(new FactorTerm("garage")) with
        {
            OffsetModel = new() { Model = "below" },
            Derived = [],
            Rules = [],
        };
        var options = new FitOptions { OffsetModel = below };

        var actual = ModelFitter.FitStreamed(spec, new TableInBatches(Book, 900), declared, options);

        Assert.Equal(Artefact.ToBytes(ModelFitter.Fit(spec, Book, declared, options)), Artefact.ToBytes(actual));
        Assert.Equal("yes or no", actual.Inputs.Find("garage")!.Unit);
    }

    [Fact]
    public void All_bad_rows_of_all_batches_are_told_at_once_by_the_row_of_the_data()
    {
        var claims = Book.Numeric("claims").Values.ToArray();
        var years = Book.Exposure("years").Years.ToArray();
        (claims[1_234], claims[4_321], years[3_000]) = (-1, double.NaN, 0);
        var table = Book.With(new NumericColumn("claims", claims)).With(new ExposureColumn("years", years));

        var problem = Assert.Throws<HalleyException>(() => Stream(Specs.Glm, table, 700, 1000, threads: 1));

        Assert.Equal(Assert.Throws<HalleyException>(() => ModelFitter.Fit(Specs.Glm, table)).Message, problem.Message);
        Assert.StartsWith("HLY3407: the data do not fit model 'claim-count-glm'.", problem.Message, StringComparison.Ordinal);
        Assert.Contains("1 row is outside y ≥ 0, the first is row 1235 (-1)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("1 row is missing, the first is row 4322", problem.Message, StringComparison.Ordinal);
        Assert.Contains(
            "1 row is not a number of years above 0, the first is row 3001 (0)",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Inputs_that_a_rule_rejects_are_counted_over_all_batches()
    {
        var spec = Glm(new NumericTerm("age")) with { Derived = [], Rules = [new("age", ValueRule.Reject)] };
        var problem = Assert.Throws<HalleyException>(() => Stream(spec, Book, 700, 1000, threads: 1));

        Assert.Equal(Assert.Throws<HalleyException>(() => ModelFitter.Fit(spec, Book)).Message, problem.Message);
    }

    [Theory]
    [InlineData("years > 99")]
    [InlineData("part == 'test'")]
    public void Nothing_to_learn_on_is_told_with_the_counts(string where)
    {
        var spec = Specs.Glm with { Where = where };
        var problem = Assert.Throws<HalleyException>(() => Stream(spec, Book, 700, 1000, threads: 1));

        Assert.Equal(Assert.Throws<HalleyException>(() => ModelFitter.Fit(spec, Book)).Message, problem.Message);
    }

    [Fact]
    public void A_source_without_rows_has_nothing_to_learn_on() =>
        Assert.Equal(
            "HLY3405: model 'claim-count-glm' has no rows to learn on: of 0 rows, filter and split leave 0. Check 'where' and 'split'.",
            Assert.Throws<HalleyException>(() => ModelFitter.FitStreamed(Specs.Glm, new TableInBatches(Book.Take([])))).Message
        );

    [Fact]
    public void A_learner_that_needs_all_rows_at_once_is_refused_with_the_remedy() =>
        Assert.Equal(
            "HLY3480: model 'claim-count-boosting': learner boosting needs all rows in memory, so it can't be fitted from a stream. "
                + "Fit it without --stream, on a sample of the rows if need be, or use learner glm.",
            Assert.Throws<HalleyException>(() => ModelFitter.FitStreamed(Specs.Boosting, new TableInBatches(Book))).Message
        );

    [Fact]
    public void The_folder_is_empty_after_a_fit_a_failure_and_a_cancellation()
    {
        using var folder = new TemporaryFolder();
        var source = new TableInBatches(Book, 500);
        ModelFitter.FitStreamed(Specs.Glm, source, folder: folder.Path);
        Assert.Throws<HalleyException>(() =>
            ModelFitter.FitStreamed(Specs.Glm with { Where = "years > 99" }, source, folder: folder.Path)
        );
        using var cancelled = new CancellationTokenSource();
        var stages = new List<string>();
        Assert.Throws<OperationCanceledException>(() =>
            ModelFitter.FitStreamed(
                Specs.Glm,
                source,
                folder: folder.Path,
                progress: new Watch(step =>
                {
                    stages.Add(step.Stage);
                    if (step.Stage.StartsWith("pass 3", StringComparison.Ordinal))
                        cancelled.Cancel();
                }),
                cancellation: cancelled.Token
            )
        );

        Assert.Contains("pass 2 over 4,000 rows", stages);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_told()
    {
        using var folder = new TemporaryFolder();
        var file = System.IO.Path.Combine(folder.Path, "taken");
        File.WriteAllText(file, "");
        var problem = Assert.Throws<HalleyException>(() =>
            ModelFitter.FitStreamed(Specs.Glm, new TableInBatches(Book), folder: file)
        );

        Assert.Equal("HLY2126", problem.Code);
        Assert.Equal(FaultKind.Environment, problem.Kind);
        Assert.EndsWith("Name a folder with more room.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_share_of_the_work_that_is_done_never_falls()
    {
        var shares = new List<double>();
        ModelFitter.FitStreamed(Specs.Glm, new TableInBatches(Book, 500), progress: new Watch(step => shares.Add(step.Fraction)));

        Assert.True(shares.Count > 20);
        Assert.Equal(shares.Order(), shares);
    }

    static FittedModel Stream(ModelSpec spec, Table table, int batch, int spoolBatch, int threads)
    {
        var source = new TableInBatches(table, batch);
        var folder = System.IO.Path.GetTempPath();
        using var rows = TableSpool.Of(source, PreparedData.UsedColumns(spec, table), folder, spoolBatch)!;
        return new StreamedFit(spec, rows, new() { Threads = threads }, folder).Fit(null, null, default);
    }

    sealed class Watch(Action<FitProgress> see) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => see(value);
    }
}
