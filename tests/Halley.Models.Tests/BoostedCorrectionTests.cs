using Halley.Boosting;
using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models.Tests;

/// <summary>Boosted trees that stand on another model, against the same fit with that model's score as a column of the data.</summary>
public sealed class BoostedCorrectionTests
{
    const string Column = "below";

    static readonly Table Book = Portfolio.Make(1500);

    static readonly Dictionary<string, FittedModel> Bases = MakeBases();

    static readonly ModelSpec Spec = Specs.Boosting with { Name = "correction" };

    static BoostingLearner Learner => (BoostingLearner)Spec.Learner;

    public static TheoryData<string> Names => [.. Bases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_the_fit_with_the_other_score_as_a_column_and_serves_alone(string name)
    {
        var below = Bases[name];
        var model = Over(below);
        var byColumn = ModelFitter.Fit(Spec with { Offset = Column }, WithScore(Book, below));
        var fresh = Portfolio.Make(400, seed: 21);
        var scored = WithScore(fresh, below);

        Assert.Equal(Values(byColumn, scored, PredictMode.ExposureApplied), Values(model, fresh, PredictMode.ExposureApplied));
        var (own, raw) = (Values(byColumn, scored, PredictMode.Raw), Values(model, fresh, PredictMode.Raw));
        var known = scored.Numeric(Column).Values;
        for (var row = 0; row < raw.Length; row++)
            Assert.Equal(own[row] + known[row], raw[row]);
        Assert.NotEqual(Values(ModelFitter.Fit(Spec, Book), fresh, PredictMode.Raw), own);
        // Validation rows stop the fit where the column's do, and every figure is the same.
        Assert.Equal(((TreeEnsemble)byColumn.Scorer).TreeCount, ((TreeEnsemble)model.Scorer).TreeCount);
        Assert.Equal(byColumn.Metrics.SelectMany(part => part.Values), model.Metrics.SelectMany(part => part.Values));
        var options = new EvaluationOptions { Part = DataPart.Test };
        Assert.Equal(
            Evaluation.Of(byColumn, WithScore(Book, below), options).Metrics,
            Evaluation.Of(model, Book, options).Metrics
        );
        // The artefact holds both, and checks itself by rows with the sum.
        var bytes = Artefact.ToBytes(model);
        var read = Artefact.Read(bytes);
        Assert.Equal(bytes, Artefact.ToBytes(read));
        Assert.Equal(32, read.CheckRows.RowCount);
        Assert.Equal(raw, Values(read, fresh, PredictMode.Raw));
        Assert.Equal(Artefact.HashOf(Artefact.ToBytes(below)).Hex, read.Spec.OffsetModel!.Hash);
    }

    static readonly Dictionary<string, BoostingOptions> Ways = new()
    {
        ["dart"] = new() { Mode = BoostingMode.Dart, DropRate = 0.5 },
        ["forest"] = new() { Mode = BoostingMode.Forest, RowShare = 0.6 },
        ["linear leaves"] = new() { LinearLeaves = true },
        ["seeds"] = new() { AveragedSeeds = 2, RowShare = 0.6 },
        ["seeds of linear dart"] = new()
        {
            AveragedSeeds = 2,
            Mode = BoostingMode.Dart,
            DropRate = 0.5,
            LinearLeaves = true,
        },
        ["volumes"] = new()
        {
            AveragedSeeds = 2,
            Statistics = new() { Levels = 0, Kinds = [StatisticKind.Mean, StatisticKind.Volume] },
        },
    };

    public static TheoryData<string> WaysToBuild => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(WaysToBuild))]
    public void Every_way_of_building_trees_stands_on_a_model(string way)
    {
        var below = Bases["gam"];
        var options = Ways[way] with { Rounds = 8, MaximumLeaves = 6, MinimumLeafRows = 20 };
        var spec = Spec with
        {
            Split = new ColumnSplit { Column = "part" },
            Learner = Learner with { Options = options },
        };

        var model = ModelFitter.Fit(
            spec with
            {
                OffsetModel = new() { Model = below.Name },
            },
            Book,
            options: new() { OffsetModel = below }
        );

        var byColumn = ModelFitter.Fit(spec with { Offset = Column }, WithScore(Book, below));
        var fresh = Portfolio.Make(200, seed: 21);
        var expected = Values(byColumn, WithScore(fresh, below), PredictMode.ExposureApplied);
        Assert.Equal(8 * options.AveragedSeeds, ((TreeEnsemble)model.Scorer).TreeCount);
        Assert.Equal(expected, Values(model, fresh, PredictMode.ExposureApplied));
        var read = Artefact.Read(Artefact.ToBytes(model));
        Assert.Equal(expected, Values(read, fresh, PredictMode.ExposureApplied));
        var lines = ShapTable.Of(read, fresh.Take([.. Enumerable.Range(0, 20)]));
        var sums = new double[20];
        for (var line = 0; line < lines.RowCount; line++)
            sums[(int)lines.Numeric("row").Values[line] - 1] += lines.Numeric("contribution").Values[line];
        for (var row = 0; row < 20; row++)
            Assert.Equal(1, model.Link.Inverse(sums[row]) / expected[row], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Base_offset_and_features_add_up_to_the_served_prediction(string name)
    {
        var model = Over(Bases[name]);
        var rows = Book.Take([.. Enumerable.Range(0, 50)]);
        var served = Values(model, rows, PredictMode.ExposureApplied);
        var below = Values(Bases[name], rows, PredictMode.Raw);

        foreach (var background in new[] { null, Book.Take([.. Enumerable.Range(100, 20)]) })
        {
            var lines = ShapTable.Of(model, rows, background: background);

            var (sums, bases) = (new double[50], 0);
            for (var line = 0; line < lines.RowCount; line++)
            {
                var (row, value) = ((int)lines.Numeric("row").Values[line] - 1, lines.Numeric("contribution").Values[line]);
                sums[row] += value;
                var feature = lines.Text("feature").Values[line];
                Assert.NotEqual(ShapTable.Rest, feature);
                bases += feature == ShapTable.Base ? 1 : 0;
                if (feature == ShapTable.Offset)
                    Assert.Equal(below[row] + Math.Log(rows.Exposure("years").Years[row]), value, 1e-12);
            }
            Assert.Equal(50, bases);
            for (var row = 0; row < 50; row++)
                Assert.Equal(1, model.Link.Inverse(sums[row]) / served[row], 1e-12);
        }
        Assert.Equal(Values(model, rows, PredictMode.Raw), Contributions.Of(model, rows).Numeric("score").Values.ToArray());
    }

    [Fact]
    public void The_same_bytes_on_any_number_of_threads_and_the_same_run_again()
    {
        var below = Bases["gam"];
        var bytes = Artefact.ToBytes(Over(below));
        foreach (var threads in new[] { 1, 3 })
        {
            var again = ModelFitter.Fit(
                Spec with
                {
                    OffsetModel = new() { Model = below.Name },
                },
                Book,
                options: new() { Threads = threads, OffsetModel = below }
            );
            Assert.Equal(bytes, Artefact.ToBytes(again));
        }
        // The spec that the artefact holds knows which model it stands on.
        var spec = Artefact.Read(bytes).Spec;
        Assert.Equal(bytes, Artefact.ToBytes(ModelFitter.Fit(spec, Book, options: new() { OffsetModel = below })));
        var other = ModelFitter.Fit(below.Spec, Portfolio.Make(1500, seed: 3));
        var problem = Assert.Throws<HalleyException>(() => ModelFitter.Fit(spec, Book, options: new() { OffsetModel = other }));
        Assert.StartsWith("HLY3477: model 'correction' was fitted on 'gam' ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_trees_still_stand_on_the_model()
    {
        var below = Bases["glm"];
        var none = ModelTrees.Slice(Over(below), 0, 0);
        var start = ((TreeEnsemble)none.Scorer).BaseScore;
        var rows = Book.Take([.. Enumerable.Range(0, 20)]);

        Assert.Equal(Values(below, rows, PredictMode.Raw).Select(score => start + score), Values(none, rows, PredictMode.Raw));
    }

    static readonly TuneOptions Brief = new()
    {
        Trials = 2,
        Folds = 3,
        MaximumRounds = 20,
    };

    static (IReadOnlyList<double> Deviances, List<string> Warnings) TunedOver(FittedModel below, ModelSpec? spec = null)
    {
        var warnings = new List<string>();
        var (found, search) = ModelTuner.Tune(
            (spec ?? Spec) with
            {
                OffsetModel = new() { Model = below.Name },
            },
            Book,
            Brief with
            {
                OffsetModel = below,
                Warn = warnings.Add,
            }
        );
        Assert.Null(found.OffsetModel!.Hash);
        return ([.. search.Trials.Select(trial => trial.Deviance)], warnings);
    }

    [Theory]
    [InlineData("glm")]
    [InlineData("gam")]
    [InlineData("layers")]
    public void Held_out_rows_of_a_search_are_scored_by_a_model_that_has_not_learned_from_them(string name)
    {
        var below = Bases[name];

        var (deviances, warnings) = TunedOver(below);

        Assert.Empty(warnings);
        // By hand: each fold with the score of the model fitted without it.
        DataPart[] searched = [DataPart.Learn, DataPart.Validation];
        var data = PreparedData.Of(Spec, Book);
        var (rows, source) = (data.PartsOf(searched), data.SourceOf(searched, Book));
        var folds = RowSplit.Folds(rows, Spec.Split?.Keys ?? [], Brief.Folds, Spec.Seed);
        var test = data.SourceRowsOf(DataPart.Test);
        var places = data.SourceRowsOf(searched);
        var tables = Enumerable
            .Range(0, Brief.Folds)
            .Select(fold =>
            {
                var held = places.Where((_, row) => folds[row] == fold).ToHashSet();
                var learned = Book.Take([
                    .. Enumerable.Range(0, Book.RowCount).Where(row => !held.Contains(row) && !test.Contains(row)),
                ]);
                return WithScore(source, Again(below, learned)).Numeric(Column).Rename(OffsetModels.ScoreColumn);
            })
            .Select(score => rows.With(score))
            .ToList();
        var told = (BoostingLearner)Spec.Learner.ToldBy(Spec);
        var search = new BoostingSearch(
            told.Options,
            new()
            {
                Trials = 2,
                MaximumRounds = 20,
                Seed = Spec.Seed,
            }
        )
        {
            FoldRows = tables,
        };
        var set = data.TrainingSet(rows, null) with { Learn = tables[0], Offset = OffsetModels.ScoreColumn };
        Assert.Equal(search.Run(set, folds).Trials.Select(trial => trial.Deviance), deviances);
        // The scores of the model as it is would have seen the rows held out.
        var (_, leaky) = ModelTuner.Tune(Spec with { Offset = Column }, WithScore(Book, below), Brief);
        Assert.NotEqual(leaky.Trials.Select(trial => trial.Deviance), deviances);
    }

    /// <summary>The model fitted again on other rows, all of them learned from, with as many trees.</summary>
    static FittedModel Again(FittedModel model, Table rows)
    {
        var spec = model.Spec with
        {
            Split = null,
            OffsetModel = model.OffsetModel is { } own ? new() { Model = own.Name } : null,
        };
        if (spec.Learner is BoostingLearner learner)
            spec = spec with
            {
                Learner = learner with { Options = learner.Options with { Rounds = (int)model.Metrics[0]["rounds"]!.Value } },
            };
        var below = model.OffsetModel is null ? null : Again(model.OffsetModel, rows);
        return ModelFitter.Fit(spec, rows, options: new() { OffsetModel = below });
    }

    [Fact]
    public void Trees_below_that_know_the_rows_by_heart_do_not_make_the_correction_look_good()
    {
        // A model that overfits: on its own rows it leaves next to nothing to correct.
        var below = ModelFitter.Fit(
            Specs.Boosting with
            {
                Name = "by-heart",
                Split = null,
                Learner = ((BoostingLearner)Specs.Boosting.Learner) with
                {
                    Options = new()
                    {
                        Rounds = 200,
                        MaximumLeaves = 60,
                        MinimumLeafRows = 1,
                        MinimumLeafHessian = 0,
                        LearningRate = 0.3,
                        AutomaticRounds = false,
                    },
                },
            },
            Book
        );
        var (honest, _) = TunedOver(below);
        var (_, leaky) = ModelTuner.Tune(Spec with { Offset = Column }, WithScore(Book, below), Brief);

        Assert.True(honest[0] > 1.2 * leaky.Trials[0].Deviance, $"{honest[0]} {leaky.Trials[0].Deviance}");
    }

    [Fact]
    public void Rounds_chosen_by_folds_look_at_scores_of_rows_that_were_held_out()
    {
        var below = Bases["glm"];
        var spec = Spec with
        {
            Split = null,
            OffsetModel = new() { Model = below.Name },
            Learner = Learner with { Options = Learner.Options with { AutomaticRounds = true, Rounds = 40, LearningRate = 0.3 } },
        };
        var own = ModelFitter.Fit(below.Spec with { Split = null }, Book);

        var model = ModelFitter.Fit(spec, Book, options: new() { OffsetModel = own });

        Assert.DoesNotContain("used as it is", model.Header.Advice ?? "", StringComparison.Ordinal);
        var elsewhere = ModelFitter.Fit(below.Spec, Portfolio.Make(1500, seed: 3));
        var warned = ModelFitter.Fit(spec, Book, options: new() { OffsetModel = elsewhere });
        Assert.Contains(
            "'glm' is used as it is in every fold: it was fitted on other data.",
            warned.Header.Advice,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_that_has_learned_from_rows_held_out_is_told_of()
    {
        string? AdviceOver(FittedModel below) => Over(below).Header.Advice;
        var trees = ModelFitter.Fit(
            Specs.Boosting with
            {
                Name = "boosted",
                Split = new ColumnSplit { Column = "part" },
            },
            Book
        );
        var all = ModelFitter.Fit(Bases["glm"].Spec with { Split = null }, Book);
        var held = Book.RowCount - PreparedData.Of(Spec, Book).CountOf(DataPart.Learn);
        var tested = PreparedData.Of(Spec, Book).CountOf(DataPart.Test);

        Assert.Contains(
            FormattableString.Invariant(
                $"'boosted', below this model, has learned from {held - tested:N0} of the {held:N0} rows that this fit holds out"
            ),
            AdviceOver(trees),
            StringComparison.Ordinal
        );
        Assert.Contains(
            FormattableString.Invariant($"'glm', below this model, has learned from {tested:N0} of the {tested:N0} rows"),
            AdviceOver(all),
            StringComparison.Ordinal
        );
        // The same split, and a GLM that has learned from validation rows, need no word.
        var alike = ModelFitter.Fit(Specs.Boosting with { Name = "boosted" }, Book);
        foreach (var fine in new[] { alike, Bases["glm"] })
            Assert.DoesNotContain("has learned from", AdviceOver(fine) ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_can_not_be_fitted_again_is_used_as_it_is_with_a_warning()
    {
        var elsewhere = ModelFitter.Fit(Bases["glm"].Spec, Portfolio.Make(1500, seed: 3));

        var (deviances, warnings) = TunedOver(elsewhere);

        Assert.Contains(
            "'glm' is used as it is in every fold: it was fitted on other data.",
            Assert.Single(warnings),
            StringComparison.Ordinal
        );
        Assert.Contains("Remedy: fit it by a model file on the same data", warnings[0], StringComparison.Ordinal);
        var (_, byColumn) = ModelTuner.Tune(Spec with { Offset = Column }, WithScore(Book, elsewhere), Brief);
        Assert.Equal(byColumn.Trials.Select(trial => trial.Deviance), deviances);
        var (_, made) = TunedOver(Bases["tariff"]);
        Assert.Contains("its learner is rating, which no fit made", Assert.Single(made), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_the_other_model_refuses_is_named_with_its_rule()
    {
        var model = Over(Bases["glm"]);
        var wide = new CategoricalColumn("brand", [0, 4], new(["Alfa", "Borgward", "Citroen", "Daf", "Edsel"]));
        var rows = Book.Take([0, 1]).With(wide);

        var problem = Assert.Throws<HalleyException>(() => model.Predict(rows, PredictMode.Raw));

        Assert.Equal("HLY1207", problem.Code);
        Assert.Contains(
            "field 'brand': 1 row has a level that the model has not learned",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_does_not_go_together_is_refused_before_the_fit()
    {
        var glm = Bases["glm"];
        Refused(
            Spec with
            {
                Family = Family.Binomial,
                Exposure = null,
            },
            glm,
            "its link is log, and that of 'correction' is logit"
        );
        Refused(
            Spec with
            {
                Derived = [new("age", "3"), new("young", "1")],
            },
            glm,
            "'glm' reads the column 'age', and 'correction' derives"
        );
        var reader = ModelFitter.Fit(
            Specs.Glm with
            {
                Name = "reader",
                Exposure = null,
                Learner = new GlmLearner { Terms = [new NumericTerm("years")] },
                Derived = [],
                Rules = [],
            },
            Book.With(new NumericColumn("years", Book.Exposure("years").Years.ToArray()))
        );
        Refused(Spec, reader, "'reader' reads 'years', which is the exposure of 'correction'");
        var adding = ModelFitter.Fit(Specs.Glm with { Name = "adding", Offset = Column }, WithScore(Book, glm));
        Refused(Spec, adding, "'adding' adds the column 'below' itself");
        Refused(Spec, null, "model 'correction' stands on model 'glm', and none was given", "glm");
        var both = Spec with
        {
            Offset = Column,
            OffsetModel = new() { Model = "glm" },
        };
        Assert.Contains(
            both.Validate(),
            text => text.StartsWith("offset: both the column 'below' and the model 'glm'", StringComparison.Ordinal)
        );
        var tower = glm;
        for (var layer = 1; layer < OffsetModels.MostLayers; layer++)
            tower = Over(tower, $"layer-{layer}");
        Refused(Spec, tower, "8 models would stand under 'correction', and at most 7 can");
        Assert.Equal(8, Layers(Artefact.Read(Artefact.ToBytes(tower))));
    }

    [Fact]
    public void A_file_whose_models_do_not_belong_together_is_refused()
    {
        var container = ArtefactContainer.Open(Artefact.ToBytes(Over(Bases["glm"])));
        var other = ModelFitter.Fit(Bases["glm"].Spec, Portfolio.Make(1500, seed: 3));

        Assert.Contains("HLY3106", Forged(Artefact.ToBytes(other)).Message, StringComparison.Ordinal);
        Assert.Contains("not the one that its spec stands on", Forged(Artefact.ToBytes(other)).Message, StringComparison.Ordinal);
        Assert.Contains("HLY3101", Forged([1, 2, 3, 4, 5, 6, 7, 8, 9]).Message, StringComparison.Ordinal);
        var without = ArtefactContainer.Compose(Same("header"), Same("scorer"), Same("checks"));
        var lacking = Assert.Throws<HalleyException>(() => Artefact.Read(without));
        Assert.Contains("it has no section 'offset'", lacking.Message, StringComparison.Ordinal);

        HalleyException Forged(byte[] below) =>
            Assert.Throws<HalleyException>(() =>
                Artefact.Read(ArtefactContainer.Compose(Same("header"), Same("scorer"), Same("checks"), new("offset", below)))
            );

        ArtefactSection Same(string name) => new(name, container[name]);
    }

    [Fact]
    public void Every_flipped_byte_is_found()
    {
        var bytes = Artefact.ToBytes(Over(Bases["glm"]));
        for (var position = 0; position < bytes.Length; position += 7)
        {
            bytes[position] ^= 0x41;
            Assert.Throws<HalleyException>(() => Artefact.Read(bytes));
            bytes[position] ^= 0x41;
        }
    }

    static void Refused(ModelSpec spec, FittedModel? below, string why, string? name = null)
    {
        var problem = Assert.Throws<HalleyException>(() =>
            ModelFitter.Fit(
                spec with
                {
                    OffsetModel = new() { Model = name ?? below!.Name },
                },
                Book,
                options: new() { OffsetModel = below }
            )
        );
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }

    static int Layers(FittedModel? model) => model is null ? 0 : 1 + Layers(model.OffsetModel);

    static FittedModel Over(FittedModel below, string name = "correction") =>
        ModelFitter.Fit(
            Spec with
            {
                Name = name,
                OffsetModel = new() { Model = below.Name },
            },
            Book,
            options: new() { OffsetModel = below }
        );

    static Table WithScore(Table rows, FittedModel below) =>
        rows.With(new NumericColumn(Column, Values(below, rows, PredictMode.Raw)));

    static double[] Values(FittedModel model, Table rows, PredictMode mode) => model.Predict(rows, mode).Values.ToArray();

    static Dictionary<string, FittedModel> MakeBases()
    {
        var glm = Specs.Glm with { Name = "glm" };
        var gam = glm with
        {
            Name = "gam",
            Learner = new GlmLearner { Terms = [new SmoothTerm("age"), new FactorTerm("brand")] },
        };
        var factors = glm with
        {
            Learner = new GlmLearner { Terms = [new FactorTerm("brand"), new BandedTerm("age", [25, 40, 60])] },
        };
        var tariff = RatingModels.Import(
            RatingModels.TableOf(ModelFitter.Fit(factors, Book)).ToLines(),
            placeOf: null,
            factors with
            {
                Name = "tariff",
                Learner = new RatingLearner
                {
                    Features = [],
                    Source = "tariff.csv",
                    SourceHash = new('0', 64),
                    Edits = [],
                },
            },
            Book
        );
        var boosted = ModelFitter.Fit(Specs.Boosting with { Name = "boosted", Seed = 5 }, Book);
        var plain = ModelFitter.Fit(
            Specs.Boosting with
            {
                Name = "plain",
                Derived = [],
                Learner = (BoostingLearner)Specs.Boosting.Learner with { Features = ["age", "brand"] },
            },
            Book
        );
        var imported = ModelImporter.Import(
            ModelExport.Of(plain, ExportFormat.LightGbm).File,
            new()
            {
                Name = "imported",
                Exposure = "years",
                ExposureRole = ExposureRole.Offset,
                Levels = new Dictionary<string, LevelList> { ["brand"] = Portfolio.Brands },
            }
        );
        return new()
        {
            ["glm"] = ModelFitter.Fit(glm, Book),
            ["gam"] = ModelFitter.Fit(gam, Book),
            ["tariff"] = tariff,
            ["boosted"] = boosted,
            ["imported"] = imported,
            ["layers"] = ModelFitter.Fit(
                Specs.Boosting with
                {
                    Name = "layers",
                    OffsetModel = new() { Model = "boosted" },
                },
                Book,
                options: new() { OffsetModel = boosted }
            ),
        };
    }
}
