using Halley.Kernels;

namespace Halley.Glm;

/// <summary>What a reader sees of penalised terms.</summary>
sealed class SmoothCurves(LearnInputs inputs, GlmSolution solution, double dispersion)
{
    const int MaxPoints = 100;

    readonly int[] places = solution.Prepared.Places();
    readonly Lazy<double[]> degrees = new(solution.DegreesOfColumns);

    internal IReadOnlyList<SmoothSummary> All() => [.. solution.Design.Penalties.Select(Summary)];

    SmoothSummary Summary(TermPenalty penalty, int k)
    {
        var term = solution.Design.Terms[penalty.Term];
        return new()
        {
            Term = term.Name,
            Level = penalty.Cell is { } cell ? term.LevelName(cell) : null,
            Lambda = solution.Lambdas[k],
            IsChosen = penalty.Lambda is null,
            Degrees = Enumerable
                .Range(penalty.Start, penalty.Size)
                .Where(full => places[full] >= 0)
                .Sum(full => degrees.Value[places[full]]),
            Size = penalty.Size,
            Curve = term.Encoded.Bases.Count > 0 ? [.. Curve(penalty, term)] : [],
        };
    }

    IEnumerable<SmoothPoint> Curve(TermPenalty penalty, DesignTerm term)
    {
        var basis = (SplineBasis)term.Encoded.Bases[0];
        var distinct = inputs.Counts(basis.Input).Values;
        var count = Math.Min(distinct.Length, MaxPoints);
        for (var i = 0; i < count; i++)
        {
            var x = distinct[(int)((long)i * (distinct.Length - 1) / Math.Max(count - 1, 1))];
            var (value, error) = At(penalty, term, basis.At(x));
            yield return new(x, value, error);
        }
    }

    /// <summary>A term's value, and its standard error, where its scoring columns have given values.</summary>
    internal (double Value, double Error) At(TermPenalty penalty, DesignTerm term, double[] scoring)
    {
        var (smooth, p) = (term.Smooth!, solution.Prepared.Active.Length);
        var row = new double[penalty.Size];
        for (var k = 0; k < scoring.Length; k++)
            Reduce.AddScaled(scoring[k], smooth.Map.AsSpan(k * smooth.CurveWidth, smooth.CurveWidth), row);
        var (value, variance) = (0.0, 0.0);
        for (var i = 0; i < row.Length; i++)
        {
            value += row[i] * solution.InternalBeta[penalty.Start + i];
            for (var j = 0; j < row.Length; j++)
            {
                if (places[penalty.Start + i] >= 0 && places[penalty.Start + j] >= 0)
                    variance +=
                        row[i] * row[j] * solution.UnscaledInverse[places[penalty.Start + i] * p + places[penalty.Start + j]];
            }
        }
        return (value, Math.Sqrt(dispersion * Math.Max(variance, 0)));
    }
}
