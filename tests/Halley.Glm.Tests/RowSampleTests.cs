using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>A search that starts from a sample's optimum, and stops by the error that it expects to be left.</summary>
public class RowSampleTests
{
    const double Strength = 0.004;

    static readonly Term[] Terms =
    [
        new FactorTerm("zone"),
        new FactorTerm("fuel"),
        new BandedTerm("age", [30, 45, 60, 75]),
        new NumericTerm("value"),
    ];

    sealed record Search(PenalisedLikelihood Likelihood, PenaltyLayout Layout, GlmOptions Options, double[] Start)
    {
        internal PenalisedSearch New() => new(Likelihood, Layout, Options, Start);
    }

    [Theory]
    [InlineData("claims", 1.0)]
    [InlineData("claims", 0.0)]
    [InlineData("lapsed", 0.5)]
    [InlineData("cost", 1.0)]
    public void A_sample_changes_where_the_search_starts_not_where_it_ends(string target, double ratio)
    {
        var search = Of(target, 20_000, new() { L1Ratio = ratio });
        Assert.True(RowSample.Helps(search.Likelihood, search.Layout, Strength));
        var sampled = search.New();
        sampled.GoTo(Strength);
        // At another strength first, so that this one starts from a model of all rows.
        var plain = search.New();
        plain.GoToNull();
        plain.GoTo(Strength);

        Assert.True(sampled.Converged && plain.Converged);
        Assert.True(sampled.Iterations < plain.Iterations, $"{sampled.Iterations} steps, {plain.Iterations} without a sample");
        Assert.Equal(plain.ObjectiveAt(Strength), sampled.ObjectiveAt(Strength), 1e-13 * plain.ObjectiveAt(Strength));
        for (var j = 0; j < plain.Beta.Length; j++)
            Assert.Equal(plain.Beta[j], sampled.Beta[j], 1e-9);
    }

    [Fact]
    public void The_samples_optimum_comes_with_deviance_and_slopes_of_all_rows()
    {
        var search = Of("claims", 20_000, new());
        var point = RowSample.Optimum(search.Likelihood, search.Layout, search.Options, search.Start, Strength);
        var all = search.Likelihood.Evaluate(point.Beta);

        Assert.True(point.IsNear);
        Assert.Equal(all.Sums, point.Sums);
        Assert.Equal(all.Slope, point.Slope);
        Assert.NotEqual(search.Start, point.Beta);
        for (var i = 0; i < point.Hessian.Length; i++)
            Assert.Equal(all.Hessian[i], point.Hessian[i], 0.2 * all.Hessian[0]);
    }

    [Theory]
    [InlineData("claims", 20_000, 1.0, true)]
    [InlineData("claims", 1000, 1.0, false)]
    [InlineData("claims", 20_000, 0.0, false)]
    [InlineData("premium", 20_000, 1.0, false)]
    public void A_sample_must_be_large_held_by_the_penalty_and_not_ruled_by_few_claims(
        string target,
        int rows,
        double weight,
        bool helps
    )
    {
        var search = Of(target, rows, new() { Terms = [new("zone") { Weight = weight }] });
        Assert.Equal(helps, RowSample.Helps(search.Likelihood, search.Layout, Strength));
        Assert.False(RowSample.Helps(search.Likelihood, search.Layout, double.PositiveInfinity));
        Assert.False(RowSample.Helps(search.Likelihood, search.Layout, 0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_change_no_bit(int threads)
    {
        GlmFit Fit(int count) =>
            new GlmTrainer(
                Books.Cases[0].Options(Terms) with
                {
                    Threads = count,
                    Penalty = new() { Strength = Strength },
                }
            ).Fit(Books.Cases[0].Set(Books.Motor(20_000)));
        Assert.Equal(
            Fit(1).Coefficients.Select(coefficient => coefficient.Estimate),
            Fit(threads).Coefficients.Select(coefficient => coefficient.Estimate)
        );
    }

    /// <summary>A loose tolerance ends the search where its remark says: an error of about the tolerance's square.</summary>
    [Theory]
    [InlineData("claims", 0.3)]
    [InlineData("claims", 0.1)]
    [InlineData("lapsed", 0.3)]
    [InlineData("lapsed", 0.1)]
    public void The_error_that_is_left_is_about_the_square_of_the_tolerance(string target, double tolerance)
    {
        var (loose, exact) = (Of(target, 3000, new() { Tolerance = tolerance }).New(), Of(target, 3000, new()).New());
        loose.GoTo(Strength);
        exact.GoTo(Strength);

        // Half the squared length of the error is what the objective, times the weights, is above its least.
        var above = 3000 * (loose.ObjectiveAt(Strength) - exact.ObjectiveAt(Strength));
        Assert.True(loose.Converged);
        Assert.True(loose.Iterations < exact.Iterations);
        Assert.True(Math.Sqrt(2 * Math.Max(above, 0)) < 2 * tolerance * tolerance, $"{above:E1}");
    }

    [Theory]
    [InlineData("claims")]
    [InlineData("lapsed")]
    public void What_a_step_leaves_is_foreseen_within_a_factor(string target)
    {
        var search = Of(target, 3000, new());
        var step = new PenaltyStep(search.Layout, 1, Strength * search.Likelihood.WeightSum);
        var point = search.Likelihood.Evaluate(search.Start);
        for (var i = 0; i < 3; i++)
        {
            var move = step.Minimise(point);
            var foreseen = NewtonError.After(point, move.Beta, move.Length);
            point = search.Likelihood.Evaluate(move.Beta);
            var left = step.Minimise(point).Length;
            Assert.True(
                left < 4 * foreseen + 1e-9 && foreseen < move.Length,
                $"{left:E1} left, {foreseen:E1} foreseen of {move.Length:E1}"
            );
        }
    }

    static Search Of(string target, int rows, GlmPenalty penalty)
    {
        var which = Books.Cases.First(which =>
            which.Target == target && which.Link.Function is LinkFunction.Log or LinkFunction.Logit
        );
        var options = which.Options(Terms) with { Penalty = penalty };
        var set = which.Set(Books.Motor(rows));
        var learn = LearnRows.Of(set, options);
        var inputs = new LearnInputs(learn);
        var encoder = new TermEncoder(inputs, Terms);
        var design = new PenalisedDesigner(learn.Problem, inputs, [.. Terms.Select(encoder.Encode)]).Build(allLevels: false);
        var start = new double[design.Order.Length];
        start[0] = StartPoint.Constant(learn.Problem);
        return new(
            new(learn.Problem, design, default),
            PenalisedFitter.LayoutFor(design, penalty, learn.Problem, default),
            options,
            start
        );
    }
}
