using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Tests of penalised terms: where levels have a curve each, of each curve.</summary>
public sealed partial class GlmInference
{
    /// <summary>Whether any column of a penalised term is estimated.</summary>
    bool HasColumns(TermPenalty penalty) => Active.Any(full => full >= penalty.Start && full < penalty.Start + penalty.Size);

    TermTest SmoothTest(TermPenalty penalty, bool likelihoodRatio, CancellationToken cancellation)
    {
        var test = SmoothTest(penalty);
        return likelihoodRatio ? Without(test, DevianceWithout(penalty.Start, penalty.Size, cancellation), test.Degrees) : test;
    }

    /// <summary>Whether a penalised term is zero, by the part of it that the data could tell from zero.</summary>
    /// <remarks>
    /// With f = L′β, L the Cholesky factor of the term's information, and V its Bayesian covariance, the statistic is f′V⁻f over the r
    /// directions of largest variance, r = tr(2F − F²) over the term rounded, F = (X′WX + S)⁻¹X′WX; about chi-squared with r. A pseudo-inverse of full
    /// rank would weigh directions that the penalty has all but closed. Source: Wood (2013), Biometrika 100, 221–228, with r rounded.
    /// </remarks>
    TermTest SmoothTest(TermPenalty penalty)
    {
        var (p, term) = (Active.Length, Design.Terms[penalty.Term]);
        var places = solution.Prepared.Places();
        int[] own = [.. Enumerable.Range(penalty.Start, penalty.Size).Select(full => places[full]).Where(place => place >= 0)];
        var q = own.Length;
        var (information, covariance) = (new double[q * q], new double[q * q]);
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                information[i * q + j] = solution.Information[own[i] * p + own[j]];
                covariance[i * q + j] = Dispersion * solution.UnscaledInverse[own[i] * p + own[j]];
            }
        }
        var root = SymmetricEigen.Of(information, q);
        var degrees = DegreesOf(penalty);
        var rank = Math.Clamp((int)Math.Round(UncorrectedDegrees(own)), 1, q);
        // L′ as the symmetric root: f and its covariance up to a rotation, which the statistic does not see.
        var (half, beta) = (new double[q * q], own.Select(place => ActiveBeta()[place]).ToArray());
        for (var k = 0; k < q; k++)
        {
            for (var i = 0; i < q; i++)
                half[k * q + i] = Math.Sqrt(Math.Max(root.Values[k], 0)) * root.Vectors[k * q + i];
        }
        var f = Enumerable.Range(0, q).Select(k => Reduce.Dot(half.AsSpan(k * q, q), beta)).ToArray();
        var transposed = new double[q * q];
        for (var i = 0; i < q; i++)
        {
            for (var k = 0; k < q; k++)
                transposed[i * q + k] = half[k * q + i];
        }
        var spread = SymmetricEigen.Of(DenseProduct.Multiply(half, DenseProduct.Multiply(covariance, transposed, q), q), q);
        var statistic = 0.0;
        for (var k = 0; k < rank && spread.Values[k] > 0; k++)
        {
            var part = Reduce.Dot(spread.Vectors.AsSpan(k * q, q), f);
            statistic += part * part / spread.Values[k];
        }
        return new()
        {
            Term = penalty.Cell is { } cell ? term.CurveName(cell) : term.Name,
            Degrees = degrees,
            Wald = statistic,
            WaldPValue = ChiSquaredDistribution.Upper(statistic, rank),
        };
    }

    /// <summary>Σ (2F − F²)ᵢᵢ over given active columns: the degrees of freedom that the unpenalised bias would have, for tests.</summary>
    double UncorrectedDegrees(int[] own)
    {
        var (p, sum) = (Active.Length, 0.0);
        var (row, column) = (new double[p], new double[p]);
        foreach (var i in own)
        {
            for (var j = 0; j < p; j++)
            {
                // Both matrices are symmetric: F_ij from row i of the inverse, F_ji from row j.
                row[j] = Reduce.Dot(solution.UnscaledInverse.AsSpan(i * p, p), solution.Information.AsSpan(j * p, p));
                column[j] = Reduce.Dot(solution.UnscaledInverse.AsSpan(j * p, p), solution.Information.AsSpan(i * p, p));
            }
            sum += 2 * row[i] - Reduce.Dot(row, column);
        }
        return sum;
    }

    /// <summary>Effective degrees of freedom of a penalised term.</summary>
    double DegreesOf(TermPenalty penalty)
    {
        var (places, degrees) = (solution.Prepared.Places(), solution.DegreesOfColumns());
        return Enumerable.Range(penalty.Start, penalty.Size).Where(full => places[full] >= 0).Sum(full => degrees[places[full]]);
    }
}
