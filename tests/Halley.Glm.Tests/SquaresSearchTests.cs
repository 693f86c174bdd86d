using CsCheck;
using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Gaussian paths: by working sets, from products of all columns and from residuals, against the search for any family.</summary>
public class SquaresSearchTests
{
    sealed record Problem(GlmOptions Options, LearnRows Rows, GlmDesign Design, PenaltyLayout Layout, double[] Start);

    static readonly Gen<(int Rows, int Columns, double Ratio, int Rules, ulong Seed)> AnyProblem = Gen.Select(
        Gen.Int[20, 90],
        Gen.Int[1, 120],
        Gen.Int[0, 2].Select(i => new[] { 0, 0.3, 1.0 }[i]),
        Gen.Int[0, 7],
        Gen.ULong
    );

    [Fact]
    public void Both_ways_reach_the_optimum_of_the_general_search()
    {
        var (met, tried) = (0, 0);
        AnyProblem.Sample(
            pick =>
            {
                var problem = Of(pick.Rows, pick.Columns, pick.Ratio, pick.Rules, pick.Seed);
                var general = new PenalisedSearch(
                    new(problem.Rows.Problem, problem.Design, default),
                    problem.Layout,
                    problem.Options,
                    problem.Start
                );
                var columns = new ColumnSquares(problem.Rows.Problem, problem.Design, default);
                StrengthSearch[] searches =
                [
                    On(problem, columns),
                    On(problem, GramSquares.Of(columns, problem.Start)),
                    On(
                        problem,
                        new GramSquares(
                            new PenalisedLikelihood(problem.Rows.Problem, problem.Design, default).Evaluate(problem.Start)
                        )
                    ),
                ];
                general.GoToNull();
                var greatest = general.GreatestStrength;
                foreach (var search in searches)
                {
                    search.GoToNull();
                    Assert.Equal(greatest, search.GreatestStrength, 1e-9 * greatest);
                }
                for (var i = 0; i < 8; i++)
                {
                    var strength = 0.93 * greatest * Math.Pow(0.5, i);
                    general.GoTo(strength);
                    var objective = general.ObjectiveAt(strength);
                    foreach (var search in searches)
                    {
                        search.GoTo(strength);
                        Assert.True(search.Converged);
                        Assert.Equal(searches[0].ObjectiveAt(strength), search.ObjectiveAt(strength), 1e-10 * objective);
                        // The general search may stop short where a model has as many columns as rows.
                        Assert.True(search.ObjectiveAt(strength) <= objective * (1 + 1e-10));
                        tried++;
                        if (objective > search.ObjectiveAt(strength) * (1 + 1e-10))
                            continue;
                        met++;
                        Assert.Equal(general.EffectiveParameters(strength), search.EffectiveParameters(strength), 1e-4);
                    }
                }
            },
            iter: 300,
            threads: 1
        );
        Assert.True(met > 0.99 * tried, $"{met} of {tried}");
    }

    /// <summary>As many columns as rows are in the model then, and each that enters is explained by those.</summary>
    [Theory]
    [InlineData(26, 119, 1, 204201849)]
    [InlineData(28, 96, 0, 55845475)]
    [InlineData(33, 65, 1, 64)]
    [InlineData(20, 200, 0, 3)]
    public void A_model_of_as_many_columns_as_rows_is_left_and_entered(int rows, int columns, int rules, ulong seed)
    {
        var search = Search(Of(rows, columns, 1, rules, seed));
        search.GoToNull();
        var (strength, full) = (search.GreatestStrength, 0);
        for (var i = 0; i < 40; i++)
        {
            strength *= 0.75;
            search.GoTo(strength);
            Assert.True(search.Converged, $"step {i}");
            full += search.Beta.Count(beta => beta != 0) >= rows ? 1 : 0;
        }
        Assert.True(full > 5, $"{full}");
    }

    /// <summary>From the definition: no price is exceeded, and those in the model pay theirs.</summary>
    [Theory]
    [InlineData(60, 400, 1.0)]
    [InlineData(60, 400, 0.5)]
    [InlineData(700, 40, 1.0)]
    [InlineData(200, 300, 0.9)]
    public void Slopes_are_those_of_an_optimum(int rows, int columns, double ratio)
    {
        var problem = Of(rows, columns, ratio, 0, 5);
        var search = Search(problem);
        Assert.IsType<SquaresSearch>(search);
        search.GoToNull();
        var strength = search.GreatestStrength;
        var seen = 0;
        for (var i = 0; i < 12; i++)
        {
            strength *= 0.6;
            search.GoTo(strength);
            var price = strength * problem.Rows.Problem.WeightSum;
            var slopes = PlainSlopes(problem, search.Beta);
            for (var j = 1; j < slopes.Length; j++)
            {
                var (column, beta) = (problem.Layout.Columns[j], search.Beta[j]);
                var ridge = price * (1 - ratio) * column.Measure * column.Measure * beta;
                var off =
                    beta == 0
                        ? Math.Max(Math.Abs(slopes[j]) - price * ratio * column.Measure, 0)
                        : slopes[j] + ridge + price * ratio * column.Measure * Math.Sign(beta);
                Assert.True(Math.Abs(off) <= 1e-8 * price * column.Measure, $"column {j}: {off:E1} off {price:E1}");
                seen += beta == 0 ? 0 : 1;
            }
        }
        Assert.True(seen > 10 * 12 / 2, $"{seen}");
    }

    [Theory]
    [InlineData(40, 300)]
    [InlineData(9000, 30)]
    public void Threads_change_no_bit(int rows, int columns)
    {
        var problem = Of(rows, columns, 1, 3, 2);
        var one = Path(problem, 1);
        Assert.Equal(one, Path(problem, 2));
        Assert.Equal(one, Path(problem, 5));
    }

    [Theory]
    [InlineData(40, 300)]
    [InlineData(900, 30)]
    [Trait("Category", "Determinism")]
    public void A_gaussian_path_leaves_its_bits(int rows, int columns) =>
        Fingerprint.Record($"gaussian path {columns}", Path(Of(rows, columns, 1, 3, 2), 2));

    static double[] Path(Problem problem, int threads)
    {
        var own = problem.Rows.Problem with { Threads = threads };
        var search = Search(problem with { Rows = problem.Rows with { Problem = own } });
        search.GoToNull();
        var values = new List<double>();
        for (var (i, strength) = (0, search.GreatestStrength); i < 10; i++, strength *= 0.6)
        {
            search.GoTo(strength);
            values.AddRange(search.Beta);
            values.Add(search.ObjectiveAt(strength));
        }
        return [.. values];
    }

    [Fact]
    public void An_earlier_model_comes_back()
    {
        var problem = Of(50, 200, 0.7, 0, 3);
        var search = Search(problem);
        search.GoToNull();
        var strength = 0.3 * search.GreatestStrength;
        search.GoTo(strength);
        var (beta, objective, parameters) = (
            (double[])search.Beta.Clone(),
            search.ObjectiveAt(strength),
            search.EffectiveParameters(strength)
        );
        search.GoTo(0.1 * strength);
        search.Return(beta);

        Assert.Equal(beta, search.Beta);
        Assert.Equal(objective, search.ObjectiveAt(strength), 1e-12 * objective);
        Assert.Equal(parameters, search.EffectiveParameters(strength), 1e-9);
    }

    static StrengthSearch Search(Problem problem) =>
        StrengthSearch.Of(problem.Rows.Problem, problem.Design, problem.Layout, problem.Options, problem.Start, default);

    static SquaresSearch On(Problem problem, LeastSquares squares) =>
        new(squares, problem.Rows.Problem, problem.Layout, problem.Options, problem.Start, default);

    /// <summary>Numbers that go together in threes, one of them twice, one that is constant, and sometimes a factor; a target on a few.</summary>
    static Problem Of(int rows, int columns, double ratio, int rules, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var x = new double[columns][];
        for (var j = 0; j < columns; j++)
        {
            x[j] = [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal())];
            if (j % 3 == 1)
                Reduce.AddScaled(1.5, x[j - 1], x[j]);
            if (j == 7)
                x[j] = (double[])x[2].Clone();
            if (j == 8)
                Array.Fill(x[j], 3);
        }
        double[] y =
        [
            .. Enumerable.Range(0, rows).Select(row => 5 + x[0][row] - 2 * x[columns / 2][row] + 0.7 * random.NextNormal()),
        ];
        double[] weight = [.. Enumerable.Range(0, rows).Select(row => rules % 2 == 1 ? 0.5 + row % 3 : 1.0)];
        var zones = new LevelList(["a", "b", "c"]);
        var table = new Table([
            new NumericColumn("y", y),
            new NumericColumn("w", weight),
            new CategoricalColumn("zone", [.. Enumerable.Range(0, rows).Select(row => row * row % 3)], zones),
            .. x.Select((values, j) => new NumericColumn($"x{j}", values)),
        ]);
        Term[] terms =
        [
            .. x.Select((_, j) => new NumericTerm($"x{j}")),
            .. rules % 4 >= 2 ? (Term[])[new FactorTerm("zone")] : [],
        ];
        var options = new GlmOptions
        {
            Family = Family.Gaussian,
            Terms = terms,
            Penalty = new()
            {
                L1Ratio = ratio,
                Terms =
                    rules < 4
                        ? []
                        : [new("x0") { Lower = 0, Upper = 0.3 }, .. columns > 1 ? (PenaltyTerm[])[new("x1") { Weight = 0 }] : []],
            },
        };
        var set = new TrainingSet
        {
            Learn = table,
            Features = [],
            Target = "y",
            Weight = "w",
        };
        var learn = LearnRows.Of(set, options);
        var inputs = new LearnInputs(learn);
        var encoder = new TermEncoder(inputs, terms);
        var design = new PenalisedDesigner(learn.Problem, inputs, [.. terms.Select(encoder.Encode)]).Build(allLevels: false);
        var start = new double[design.Order.Length];
        start[0] = GlmSolver.FitNull(learn.Problem, options, default).Beta[0];
        return new(options, learn, design, PenalisedFitter.LayoutFor(design, options.Penalty!, learn.Problem, default), start);
    }

    static double[] PlainSlopes(Problem problem, double[] beta)
    {
        var (data, design) = (problem.Rows.Problem, problem.Design);
        var residual = new double[data.RowCount];
        design.Predict(design.ToFull(beta), data.Offset, 0, residual);
        for (var row = 0; row < residual.Length; row++)
            residual[row] = data.Weight[row] * (data.Target[row] - residual[row]);
        var sums = new double[design.FullColumnCount];
        foreach (var block in design.Blocks)
            block.AddProducts(residual, 0, sums);
        return [.. design.Order.Select(full => -sums[full])];
    }
}
