using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>The path of strengths, and the choice of one by rows held out.</summary>
public class PenaltyChoiceTests
{
    static readonly Term[] Terms =
    [
        new FactorTerm("zone"),
        new FactorTerm("fuel"),
        new NumericTerm("age"),
        new NumericTerm("value"),
    ];

    [Theory]
    [InlineData("sw_cells_poisson_a1.0_std", "sw_cells", "Area + RiskClass + VehAgeBand + BonusClass")]
    [InlineData(
        "lapse_binomial_a1.0_std",
        "lapse",
        "polholder_age + polholder_gender + policy_age + policy_caruse + loglast + logmarket + vehicl_age + vehicl_region"
    )]
    [InlineData("fr_sev_gaussian_a1.0_std", "fr_sev", "VehAgeGLM + VehGas + Area + DrivAge + BonusMalusGLM + VehBrand + Region")]
    public void Cross_validation_is_glmnets(string id, string view, string columns)
    {
        var oracle = CsvReader.Read(SharedData.Path("oracles/glm/glmnet_cv.csv"));
        int[] rows = [.. Enumerable.Range(0, oracle.RowCount).Where(row => oracle["id"].TextAt(row) == id)];
        double[] Column(string name) => [.. rows.Select(row => oracle.Numeric(name).Values[row])];
        var lambdas = Column("lambda");
        var recipe = PenalisedOracles.Recipes("glmnet_recipes.json").GetProperty(id);
        var family = recipe.GetProperty("family").GetString()!;
        var set = PenalisedOracles.Set(
            view,
            recipe.GetProperty("response").GetString()!,
            "none",
            recipe.GetProperty("offset").GetString()!
        );
        double[] folds = [.. Enumerable.Range(0, set.Learn.RowCount).Select(row => row % 10 + 1.0)];
        set = set with { Learn = set.Learn.With(new NumericColumn("fold", folds)) };

        var options = new GlmOptions
        {
            Family = PenalisedOracles.FamilyOf(family, 1.5),
            Terms = PenalisedOracles.Terms(view, columns),
            Penalty = new()
            {
                Scale = PenaltyScale.All,
                PathLength = lambdas.Length,
                PathRatio = lambdas[^1] / lambdas[0],
                Folds = new() { Column = "fold" },
            },
        };
        var fit = new GlmTrainer(options).Fit(set);

        var (mean, deviation) = (Column("cvm"), Column("cvsd"));
        for (var i = 0; i < lambdas.Length; i++)
        {
            var point = fit.Penalty!.Path[i];
            // glmnet stops its own steps at 1e-7 or so of a coefficient.
            Assert.Equal(0, point.Strength / lambdas[i] - 1, 1e-7);
            Assert.Equal(0, point.HeldOut!.Value / mean[i] - 1, 1e-5);
            Assert.Equal(0, point.HeldOutError!.Value / deviation[i] - 1, 1e-4);
        }
        var simplest = lambdas[Array.FindIndex(rows, row => oracle["is_1se"].TextAt(row) is "TRUE" or "true")];
        Assert.Equal(0, fit.Penalty!.Strength / simplest - 1, 1e-7);
        var best = new GlmTrainer(options with { Penalty = options.Penalty with { Choice = StrengthChoice.Best } }).Fit(set);
        var least = lambdas[Array.FindIndex(rows, row => oracle["is_min"].TextAt(row) is "TRUE" or "true")];
        Assert.Equal(0, best.Penalty!.Strength / least - 1, 1e-7);
    }

    [Fact]
    public void The_greatest_strength_of_a_path_is_where_the_first_coefficient_leaves_zero()
    {
        var set = Books.Cases[0].Set(Books.Motor(2000));
        var path = Fit(set, new() { PathLength = 20, PathRatio = 0.01 }).Penalty!.Path;
        Assert.Equal(0, path[0].Nonzero);
        var greatest = path[0].Strength;

        Assert.Equal(0, Fit(set, new() { Strength = greatest * (1 + 1e-9) }).Penalty!.Nonzero);
        Assert.Equal(1, Fit(set, new() { Strength = greatest * (1 - 1e-3) }).Penalty!.Nonzero);
    }

    [Theory]
    [InlineData(PenaltyKind.Group, 3)]
    [InlineData(PenaltyKind.Steps, 1)]
    [InlineData(PenaltyKind.Pairs, 1)]
    public void Other_kinds_too_start_where_they_leave_zero(PenaltyKind kind, int least)
    {
        var set = Books.Cases[0].Set(Books.Motor(2000));
        Term[] zone = [new FactorTerm("zone")];
        PenaltyTerm[] rules = [new("zone") { Kind = kind }];
        var path = Fit(
            set,
            new()
            {
                PathLength = 20,
                PathRatio = 0.01,
                Terms = rules,
            },
            zone
        ).Penalty!.Path;
        var greatest = path[0].Strength;

        Assert.Equal(0, Fit(set, new() { Strength = greatest * (1 + 1e-9), Terms = rules }, zone).Penalty!.Nonzero);
        Assert.True(Fit(set, new() { Strength = greatest * (1 - 1e-3), Terms = rules }, zone).Penalty!.Nonzero >= least);
    }

    [Fact]
    public void A_path_ends_where_a_single_fit_of_its_strength_does()
    {
        var set = Books.Cases[0].Set(Books.Motor(2000));
        var path = Fit(set, new() { PathLength = 10, Choice = StrengthChoice.Best });
        var single = Fit(set, new() { Strength = path.Penalty!.Strength });

        for (var i = 0; i < path.Coefficients.Count; i++)
            Assert.Equal(single.Coefficients[i].Estimate, path.Coefficients[i].Estimate, 1e-9);
    }

    [Fact]
    public void Rows_of_one_id_are_held_out_together()
    {
        var table = Books.Motor(600);
        var twice = table.Take([.. Enumerable.Range(0, 600), .. Enumerable.Range(0, 600)]);
        double[] ids = [.. Enumerable.Range(0, 1200).Select(row => row % 600 + 0.0)];
        var rows = LearnRows.Of(Books.Cases[0].Set(twice.With(new NumericColumn("id", ids))), new() { Terms = Terms });
        var folds = FoldAssigner.Assign(Books.Cases[0].Set(twice), rows, new() { Keys = ["id"], Count = 5 });

        for (var row = 0; row < 600; row++)
            Assert.Equal(folds.Of[row], folds.Of[row + 600]);
        var sizes = Enumerable.Range(0, 5).Select(fold => rows.Size.Where((_, row) => folds.Of[row] == fold).Sum()).ToArray();
        Assert.True(sizes.Max() < 1.02 * sizes.Min(), string.Join(" ", sizes));
    }

    [Fact]
    public void A_stretch_of_time_is_predicted_from_what_came_before_alone()
    {
        var table = Books.Motor(1000);
        double[] years = [.. Enumerable.Range(0, 1000).Select(row => 2015.0 + row * 7 % 5)];
        var set = Books.Cases[0].Set(table.With(new NumericColumn("year", years)));
        var rows = LearnRows.Of(set, new() { Terms = Terms });
        var folds = FoldAssigner.Assign(set, rows, new() { Time = "year" });

        Assert.Equal([1, 2, 3, 4], folds.HeldOut);
        for (var row = 0; row < 1000; row++)
            Assert.Equal(years[row] - 2015, folds.Of[row]);
        Assert.All(Enumerable.Range(0, 1000), row => Assert.Equal(years[row] < 2017, folds.Learns(2, row)));
        Assert.True(new GlmTrainer(
                OptionsOf(
                    new()
                    {
                        Folds = new() { Time = "year" },
                        PathLength = 10,
                    }
                )
            ).Fit(set).Converged);
    }

    [Fact]
    public void The_one_standard_error_rule_takes_the_simplest_model_that_is_not_known_to_be_worse()
    {
        PenaltyPathPoint Point(double strength, double heldOut, double error) =>
            new()
            {
                Strength = strength,
                Nonzero = 0,
                Deviance = 0,
                Objective = 0,
                HeldOut = heldOut,
                HeldOutError = error,
            };
        PenaltyPathPoint[] points = [Point(4, 1.5, 0.1), Point(3, 1.09, 0.1), Point(2, 1.0, 0.1), Point(1, 1.02, 0.3)];

        Assert.Equal(2, StrengthChooser.Choose(points, StrengthChoice.Best));
        Assert.Equal(1, StrengthChooser.Choose(points, StrengthChoice.OneStandardError));
    }

    static GlmFit Fit(TrainingSet set, GlmPenalty penalty, params Term[] terms) =>
        new GlmTrainer(OptionsOf(penalty) with { Terms = terms.Length == 0 ? Terms : terms }).Fit(set);

    static GlmOptions OptionsOf(GlmPenalty penalty) => new() { Terms = Terms, Penalty = penalty };
}
