using Halley.Kernels;

namespace Halley.Glm;

/// <summary>What a reader sees of penalised terms.</summary>
sealed class SmoothCurves(LearnInputs inputs, GlmSolution solution, double dispersion)
{
    const int MaxPoints = 100;

    /// <summary>Of a surface's first column; a third of them of each other.</summary>
    const int SurfacePoints = 21;

    readonly int[] places = solution.Prepared.Places();
    readonly Lazy<double[]> degrees = new(solution.DegreesOfColumns);

    internal IReadOnlyList<SmoothSummary> All() => [.. PenaltyGroup.Of(solution.Design.Penalties).Select(Summary)];

    SmoothSummary Summary(PenaltyGroup group)
    {
        var (penalty, count) = (group.Members[0], group.Members.Count);
        var term = solution.Design.Terms[penalty.Term];
        var margins = term.Margins;
        return new()
        {
            Term = term.Name,
            Level = penalty.Cell is { } cell ? term.CurveLabel(cell) : null,
            Lambda = solution.Lambdas[group.First],
            Lambdas = count > 1 ? [.. solution.Lambdas.Skip(group.First).Take(count)] : null,
            IsChosen = group.Members.Any(own => own.Lambda is null),
            Degrees = Enumerable
                .Range(penalty.Start, penalty.Size)
                .Where(full => places[full] >= 0)
                .Sum(full => degrees.Value[places[full]]),
            Size = penalty.Size,
            Curve = margins.Count == 1 ? [.. Curve(penalty, term)] : [],
            Columns = margins.Count > 1 ? [.. margins.Select(part => part.InputName)] : null,
            Surface = margins.Count > 1 ? [.. Surface(penalty, term)] : null,
        };
    }

    IEnumerable<SmoothPoint> Curve(TermPenalty penalty, DesignTerm term)
    {
        var basis = (SplineBasis)term.Margins[0].Basis!;
        foreach (var x in Spread(basis, MaxPoints))
        {
            var (value, error) = At(penalty, term, basis.At(x));
            yield return new(x, value, error);
        }
    }

    IEnumerable<SurfacePoint> Surface(TermPenalty penalty, DesignTerm term)
    {
        var own = new EncodedTerm(term.Name, [], [.. term.Margins.Select(part => part.Basis!)]);
        double[][] points =
        [
            [],
        ];
        foreach (var basis in own.Bases.Cast<SplineBasis>())
        {
            var values = Spread(basis, points.Length == 1 ? SurfacePoints : SurfacePoints / 3).ToArray();
            points = [.. points.SelectMany(before => values.Select(next => (double[])[.. before, next]))];
        }
        var columns = own.ColumnsOver(points);
        for (var point = 0; point < points.Length; point++)
        {
            var (value, error) = At(penalty, term, columns[point]);
            yield return new(points[point], value, error);
        }
    }

    /// <summary>Values that the learn rows have, evenly by rank, ends included.</summary>
    IEnumerable<double> Spread(SplineBasis basis, int limit)
    {
        var distinct = inputs.Counts(basis.Input).Values;
        var count = Math.Min(distinct.Length, limit);
        for (var i = 0; i < count; i++)
            yield return distinct[(int)((long)i * (distinct.Length - 1) / Math.Max(count - 1, 1))];
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
