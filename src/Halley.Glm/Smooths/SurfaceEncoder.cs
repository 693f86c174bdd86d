namespace Halley.Glm;

/// <summary>Settles columns and penalties of products of smooths, alone or times numbers, on the learn rows.</summary>
/// <remarks>
/// A surface f(x, z) = Σ β_ij·a_i(x)·b_j(z) has a penalty for each margin: λ_x·β′(S_x ⊗ I)β + λ_z·β′(I ⊗ S_z)β. Each margin's columns are turned to the
/// eigenvectors of its penalty, so that both are diagonal at once, with zeros that are exact. That the surface sums to zero over the learn rows is
/// kept by taking from each penalised column its part along the one direction without penalty that the constant has: penalties stay diagonal,
/// and the restricted likelihood is that of orthonormal directions, because the two changes of volume cancel. A margin that another term of the
/// model leaves no room for (R's rule for interactions) sums to zero by itself first. Source: Wood (2006), Biometrics 62, 1025–1036; Wood (2017),
/// Generalized Additive Models, sections 5.6.1 and 5.6.3 (mgcv's <c>te</c> and <c>ti</c>, <c>np = FALSE</c>).
/// </remarks>
sealed class SurfaceEncoder(LearnInputs inputs)
{
    /// <param name="combinations">Bins of all covariates together at most.</param>
    internal SmoothColumns Encode(IReadOnlyList<TermPart> parts, int combinations)
    {
        TermPart[] numbers = [.. parts.Where(part => part.Basis is not null)];
        var bins = JointBins.Within(inputs, [.. numbers.Select(part => part.Basis!)], combinations);
        TermPart[] smooths = [.. numbers.Where(part => part.Term is SmoothTerm)];
        SmoothMargin[] margins = [.. smooths.Select(part => MarginOf(part, bins.Limit))];
        var isCentred = smooths.Length == numbers.Length && !smooths.Any(part => part.Contrasts);
        var (map, penalties) = Product(margins, isCentred ? Sums(margins, bins) : null);
        return new(
            map,
            penalties[0].Length,
            [.. penalties.Zip(margins, (own, margin) => PenaltyOf(own, margin, margins.Length > 1))]
        )
        {
            Joint = bins,
        };
    }

    static CurvePenalty PenaltyOf(double[] diagonal, SmoothMargin margin, bool isSurface) =>
        CurvePenalty.Of(diagonal, margin.Lambda) with
        {
            Largest = isSurface ? margin.Values.Max() : 1,
        };

    SmoothMargin MarginOf(TermPart part, int limit)
    {
        var (term, basis) = ((SmoothTerm)part.Term, (SplineBasis)part.Basis!);
        var encoder = new SmoothEncoder(inputs);
        var (penalty, rank) = SmoothEncoder.PenaltyOf(term, basis);
        var columns = part.Contrasts
            ? SmoothColumns.Centred(encoder.Sums(basis, limit), penalty, rank, term.Lambda)
            : new(SplineShape.IdentityMap(basis.Width), penalty, rank, term.Lambda);
        columns = columns.Turned();
        var width = columns.CurveWidth;
        double[] values = [.. Enumerable.Range(0, width).Select(j => columns.Penalties[0].Matrix[j * (width + 1)])];
        return new(basis, columns.Map, values, term.Lambda);
    }

    /// <summary>Sums over the learn rows of products of the margins' turned columns, the first margin's slowest.</summary>
    static double[] Sums(SmoothMargin[] margins, JointBins bins)
    {
        var values = margins.Select((margin, axis) => margin.At(bins.Axes[axis])).ToArray();
        var sums = new double[margins.Aggregate(1, (width, margin) => width * margin.Width)];
        var product = new double[sums.Length];
        var counts = bins.Counts;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            product[0] = counts[bin];
            var filled = 1;
            for (var axis = 0; axis < margins.Length; axis++)
                filled = Multiply(product, filled, values[axis][bins.Places[bin][axis]]);
            Kernels.Reduce.AddScaled(1, product, sums);
        }
        return sums;
    }

    /// <summary>Each of the first values times each factor, in place, from the last backwards.</summary>
    static int Multiply(double[] product, int filled, double[] factor)
    {
        for (var a = filled - 1; a >= 0; a--)
        {
            var left = product[a];
            for (var b = factor.Length - 1; b >= 0; b--)
                product[a * factor.Length + b] = left * factor[b];
        }
        return filled * factor.Length;
    }

    /// <summary>The map of the scoring columns from the model's, and the penalty of each margin on the model's columns.</summary>
    /// <param name="sums">Where the surface is to sum to zero: sums of the products of turned columns; null elsewhere.</param>
    static (double[] Map, double[][] Penalties) Product(SmoothMargin[] margins, double[]? sums)
    {
        double[] whole = [1];
        var (size, width) = (1, 1);
        var penalties = margins.Select(_ => new double[] { 0 }).ToArray();
        for (var axis = 0; axis < margins.Length; axis++)
        {
            var margin = margins[axis];
            whole = Kronecker(whole, size, width, margin);
            for (var k = 0; k < penalties.Length; k++)
            {
                var (before, own) = (penalties[k], k == axis);
                penalties[k] = [.. before.SelectMany(value => margin.Values.Select(next => own ? next : value))];
            }
            (size, width) = (size * margin.Size, width * margin.Width);
        }
        int[] held = [.. Enumerable.Range(0, width).Where(m => penalties.Any(penalty => penalty[m] > 0))];
        int[] free = [.. Enumerable.Range(0, width).Except(held)];
        var columns = new List<(double[] Direction, int Held)>();
        double[] share = sums is null ? [] : [.. free.Select(m => sums[m])];
        var squared = Kernels.Reduce.Dot(share, share);
        foreach (var m in held)
        {
            var direction = new double[width];
            direction[m] = 1;
            for (var j = 0; j < share.Length; j++)
                direction[free[j]] = -sums![m] * share[j] / squared;
            columns.Add((direction, m));
        }
        var open = NullSpace.Of(sums is null ? [] : [share], free.Length).Directions;
        foreach (var own in open)
        {
            var direction = new double[width];
            for (var j = 0; j < free.Length; j++)
                direction[free[j]] = own[j];
            columns.Add((direction, -1));
        }
        var map = new double[size * columns.Count];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < columns.Count; j++)
                map[i * columns.Count + j] = Kernels.Reduce.Dot(whole.AsSpan(i * width, width), columns[j].Direction);
        }
        return (map, [.. penalties.Select(own => columns.Select(column => column.Held < 0 ? 0 : own[column.Held]).ToArray())]);
    }

    /// <summary>A ⊗ B of a map and a margin's, the first's rows and columns slowest.</summary>
    static double[] Kronecker(double[] map, int size, int width, SmoothMargin margin)
    {
        var product = new double[map.Length * margin.Map.Length];
        var all = width * margin.Width;
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < margin.Size; k++)
            {
                for (var j = 0; j < width; j++)
                    Kernels.Reduce.AddScaled(
                        map[i * width + j],
                        margin.Map.AsSpan(k * margin.Width, margin.Width),
                        product.AsSpan((i * margin.Size + k) * all + j * margin.Width, margin.Width)
                    );
            }
        }
        return product;
    }
}
