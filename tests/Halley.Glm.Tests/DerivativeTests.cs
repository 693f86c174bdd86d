using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Score and curvature against finite differences, for every family and link and every kind of term.</summary>
public class DerivativeTests
{
    public static TheoryData<int> AllCases => [.. Enumerable.Range(0, Books.Cases.Count)];

    /// <summary>Cases whose curvature is the score's derivative: natural links, and the log link where it can't be negative.</summary>
    public static TheoryData<int> CasesWithObservedCurvature =>
        [
            .. Enumerable
                .Range(0, Books.Cases.Count)
                .Where(index =>
                    Books.Cases[index].Link == Books.Cases[index].Family.CanonicalLink
                    || (
                        Books.Cases[index].Link == Link.Log
                        && Books.Cases[index].Family != Family.Gaussian
                        && Books.Cases[index].Family != Family.InverseGaussian
                    )
                ),
        ];

    [Theory]
    [MemberData(nameof(AllCases))]
    public void Score_is_minus_half_the_slope_of_the_deviance(int index)
    {
        var (pass, design, beta) = Anywhere(Books.Cases[index]);
        var step = StepAt(beta);
        var point = pass.Evaluate(beta, Curvature.Expected, default);
        Assert.True(point.IsAllowed);

        foreach (var column in design.Order)
        {
            var slope = (Deviance(pass, beta, column, step) - Deviance(pass, beta, column, -step)) / (2 * step);
            AssertNear(-0.5 * slope, point.Score[column], 1e-5 * Math.Max(Math.Abs(slope), point.Deviance * 1e-3));
        }
    }

    [Theory]
    [MemberData(nameof(CasesWithObservedCurvature))]
    public void Observed_curvature_is_minus_the_slope_of_the_score(int index)
    {
        var (pass, design, beta) = Anywhere(Books.Cases[index]);
        var step = StepAt(beta);
        var point = pass.Evaluate(beta, Curvature.Observed, default);
        var matrix = pass.Layout.Assemble(point.Products, design.Order);
        var p = design.Order.Length;

        for (var j = 0; j < p; j++)
        {
            var (up, down) = (Score(pass, beta, design.Order[j], step), Score(pass, beta, design.Order[j], -step));
            for (var i = 0; i < p; i++)
            {
                var slope = (up[design.Order[i]] - down[design.Order[i]]) / (2 * step);
                var scale = Math.Sqrt(matrix[i * p + i] * matrix[j * p + j]);
                AssertNear(-slope, matrix[i * p + j], 1e-6 * Math.Max(scale, 1));
            }
        }
    }

    /// <summary>A point away from the optimum whose means are all allowed.</summary>
    static (GlmPass Pass, GlmDesign Design, double[] Beta) Anywhere(Books.Case which)
    {
        var table = Books.Motor(400);
        var options = which.Options(Books.AllTerms);
        var rows = LearnRows.Of(which.Set(table), options);
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, options.Terms);
        DesignTerm[] terms = [.. options.Terms.Select(encoder.Encode)];
        var (design, _) = GlmDesigner.Design(rows.Problem, inputs, terms, default);
        var random = new DeterministicRandom(5);
        var beta = new double[design.FullColumnCount];
        beta[0] = StartPoint.Constant(rows.Problem);
        // Small against the constant, so that no mean of an inverse or identity link changes its sign.
        foreach (var column in design.Order[1..])
            beta[column] = 0.02 * Math.Abs(beta[0]) * (random.NextDouble() - 0.5);
        return (new(rows.Problem, design), design, beta);
    }

    /// <summary>Small on the scale of the linear predictor: an inverse link has 0.001 where a log link has 7.</summary>
    static double StepAt(double[] beta) => 1e-5 * Math.Abs(beta[0]);

    static double Deviance(GlmPass pass, double[] beta, int column, double step) =>
        pass.Evaluate(Moved(beta, column, step), Curvature.None, default).Deviance;

    static double[] Score(GlmPass pass, double[] beta, int column, double step) =>
        pass.Evaluate(Moved(beta, column, step), Curvature.None, default).Score;

    static double[] Moved(double[] beta, int column, double step)
    {
        var moved = (double[])beta.Clone();
        moved[column] += step;
        return moved;
    }

    static void AssertNear(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual:R} where {expected:R} is expected, ± {tolerance:E1}");
}
