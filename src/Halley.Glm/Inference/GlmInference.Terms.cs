using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Whole-term tests.</summary>
public sealed partial class GlmInference
{
    /// <summary>Type III tests of every term, in declared order; a term without a coefficient of its own is left out.</summary>
    /// <param name="likelihoodRatio">Whether to fit again without each term; else there are only Wald tests, which cost nothing.</param>
    /// <param name="errors">Covariance of the Wald tests.</param>
    /// <param name="cluster">Column of clusters, for clustered errors.</param>
    public IReadOnlyList<TermTest> TermTests(
        bool likelihoodRatio,
        ErrorKind errors = ErrorKind.Model,
        string? cluster = null,
        CancellationToken cancellation = default
    )
    {
        var covariance = Covariance(errors, cluster, cancellation);
        var over = solution.Bordered?.Rest ?? solution.Prepared;
        var hypothesis = new TermHypothesis(over);
        var tests = new List<TermTest>();
        for (var t = 0; t < Design.Terms.Count; t++)
        {
            if (Design.Terms[t].Smooth is not null)
            {
                // One for each curve or surface, whatever holds it.
                var own = Design
                    .Penalties.Where(penalty => penalty.Term == t)
                    .DistinctBy(penalty => penalty.Start)
                    .Where(HasColumns);
                tests.AddRange(own.Select(penalty => SmoothTest(penalty, likelihoodRatio, cancellation)));
                continue;
            }
            var isEliminated = t == solution.Prepared.Elimination?.Term;
            // Over so many levels together only the model's covariance can be inverted.
            if (isEliminated && errors != ErrorKind.Model && !likelihoodRatio)
                continue;
            IReadOnlyList<double[]> forms = isEliminated ? [] : hypothesis.Forms(t);
            var wald = isEliminated ? WaldOfLevels(errors) : Wald(forms, over.Active, covariance);
            if (wald.Degrees == 0)
                continue;
            var test = new TermTest
            {
                Term = Design.Terms[t].Name,
                Degrees = wald.Degrees,
                Wald = wald.Statistic,
                WaldPValue = ChiSquaredDistribution.Upper(wald.Statistic, wald.Degrees),
            };
            tests.Add(likelihoodRatio ? WithoutTerm(test, t, hypothesis.IsMarginal(t), forms, cancellation) : test);
        }
        return tests;
    }

    /// <summary>(Lb)′(LVL′)⁻¹(Lb) over the forms that do not follow from others.</summary>
    /// <param name="active">Full columns of the forms' entries.</param>
    (double Statistic, int Degrees) Wald(IReadOnlyList<double[]> forms, int[] active, SymmetricMatrix covariance)
    {
        int[] places = [.. active.Select(full => Array.IndexOf(Design.Order, full))];
        // A coefficient that drifts has no covariance: it takes no part.
        var known = places.Select(place => solution.States[place] == ColumnState.Estimated).ToArray();
        var usable = forms.Where(form => !form.Where((weight, i) => weight != 0 && !known[i]).Any()).ToArray();
        var held = Array.ConvertAll(usable, form => Places(form).ToArray());
        var m = usable.Length;
        var (values, matrix) = (new double[m], new double[m * m]);
        for (var a = 0; a < m; a++)
        {
            values[a] = held[a].Sum(i => usable[a][i] * solution.Beta[active[i]]);
            for (var b = 0; b <= a; b++)
            {
                var sum = held[a].Sum(i => held[b].Sum(j => usable[a][i] * usable[b][j] * covariance[places[i], places[j]]));
                (matrix[a * m + b], matrix[b * m + a]) = (sum, sum);
            }
        }
        var factor = PivotedCholesky.Factor(matrix, m, 1e-9);
        return (Reduce.Dot(values, factor.Solve(values)), factor.Dropped.Count(dropped => !dropped));
    }

    /// <summary>The test of the factor that is solved for first; NaN for errors that have no inverse over so many levels.</summary>
    (double Statistic, int Degrees) WaldOfLevels(ErrorKind errors)
    {
        var (statistic, degrees) = solution.Bordered!.TestOfLevels(solution.Beta);
        return (errors == ErrorKind.Model ? statistic / Dispersion : double.NaN, degrees);
    }

    static IEnumerable<int> Places(double[] form) => Enumerable.Range(0, form.Length).Where(i => form[i] != 0);

    TermTest WithoutTerm(TermTest test, int t, bool isMarginal, IReadOnlyList<double[]> forms, CancellationToken cancellation)
    {
        (double deviance, double degrees) = isMarginal
            ? DevianceUnder(ToInternal(forms), cancellation)
            : DevianceWithout(t, cancellation);
        return Without(test, deviance, degrees);
    }

    /// <summary>The test with what the deviance of the model without the term says.</summary>
    TermTest Without(TermTest test, double deviance, double degrees)
    {
        var change = Math.Max(deviance - solution.Sums.Deviance, 0);
        var ratio = change / Dispersion;
        var isEstimated = !Problem.Family.FixedDispersion;
        return test with
        {
            Degrees = degrees,
            LikelihoodRatio = ratio,
            LikelihoodRatioPValue = ChiSquaredDistribution.Upper(ratio, degrees),
            F = isEstimated ? ratio / degrees : null,
            FPValue = isEstimated ? FDistribution.Upper(ratio / degrees, degrees, ResidualDegrees) : null,
            DevianceChange = change,
            AicChange = ratio - 2 * degrees,
        };
    }

    /// <summary>Deviance with the term's columns left out, those without bounds too, and how many those are.</summary>
    (double Deviance, int Degrees) DevianceWithout(int t, CancellationToken cancellation)
    {
        var (first, count) = (Design.TermStarts[t], Design.Terms[t].ColumnCount);
        bool IsOwn(int full) => full >= first && full < first + count;
        var degrees = Design.Order.Where((full, i) => IsOwn(full) && solution.Prepared.States[i] != ColumnState.Aliased).Count();
        // Where numbers share a basis, a declared column is no column of the basis: the general way.
        if (Design.Terms[t] is { IsMapped: false, Encoded.Bases.Count: > 0 })
        {
            var forms = new TermHypothesis(solution.Bordered?.Rest ?? solution.Prepared).Forms(t);
            return (DevianceUnder(ToInternal(forms), cancellation).Deviance, degrees);
        }
        return (DevianceWithout(first, count, cancellation), degrees);
    }

    /// <summary>Deviance with consecutive full columns left out.</summary>
    double DevianceWithout(int first, int count, CancellationToken cancellation)
    {
        var start = (double[])solution.InternalBeta.Clone();
        Design.GivenBeta().AsSpan(first, count).CopyTo(start.AsSpan(first, count));
        return DevianceFrom(start, SpaceOver([.. Active.Where(full => full < first || full >= first + count)]), cancellation);
    }

    /// <summary>Deviance where linear forms in the internal coefficients are zero, and the number of those that do not follow from others.</summary>
    (double Deviance, int Degrees) DevianceUnder(double[][] forms, CancellationToken cancellation)
    {
        var start = (double[])solution.InternalBeta.Clone();
        var (step, independent) = StepTo(forms, [.. forms.Select(form => -Reduce.Dot(form, ActiveBeta()))]);
        for (var i = 0; i < step.Length; i++)
            start[Active[i]] += step[i];
        var (space, rank) = SpaceUnder(forms);
        return (DevianceFrom(start, space, cancellation), rank ?? independent);
    }

    /// <summary>Columns that move, held by the penalties as they were chosen.</summary>
    SearchSpace SpaceOver(int[] active, double[][]? directions = null)
    {
        var penalty = solution.Lambdas.Count == 0 ? null : PenaltyMatrix.Over(Design, active, solution.Lambdas);
        var elimination = solution.Prepared.Elimination;
        return new(active, penalty, directions)
        {
            Elimination = elimination is not null && Array.Exists(active, elimination.Holds) ? elimination : null,
        };
    }

    /// <summary>All active columns where linear forms keep their values; and how many of these do not follow from others, where that is known.</summary>
    (SearchSpace Space, int? Rank) SpaceUnder(double[][] forms)
    {
        if (solution.Bordered is not null)
            return (SpaceOver(Active) with { Held = forms }, null);
        var (directions, rank) = NullSpace.Of(forms, Active.Length);
        return (SpaceOver(Active, directions), rank);
    }

    /// <summary>V·L′(LVL′)⁻¹·change: the move that changes the forms' values at the least cost.</summary>
    (double[] Step, int Independent) StepTo(double[][] forms, double[] change) =>
        HeldForms.Change(forms, Array.ConvertAll(forms, ImageOf), change);

    /// <summary>V·form.</summary>
    double[] ImageOf(double[] form)
    {
        var p = Active.Length;
        return solution.Bordered is { } bordered
            ? bordered.Solve(form)
            : [.. Enumerable.Range(0, p).Select(i => Reduce.Dot(solution.UnscaledInverse.AsSpan(i * p, p), form))];
    }

    double DevianceFrom(double[] start, SearchSpace space, CancellationToken cancellation)
    {
        var pass = new GlmPass(Problem, Design);
        var newton = new NewtonState(Problem, pass, space, start, cancellation);
        if (!newton.Point.IsAllowed)
        {
            // A mean left its domain: start at the constant alone, where every effect is zero.
            var constant = Design.GivenBeta();
            constant[0] = GlmSolver.FitNull(Problem, options, cancellation).Beta[0];
            newton = new(Problem, pass, space, constant, cancellation);
        }
        newton.Run(options, null);
        return newton.Point.Deviance;
    }
}
