namespace Halley.Glm;

/// <summary>Settles knots, penalty and centring of penalised terms on the learn rows.</summary>
sealed class SmoothEncoder(LearnInputs inputs)
{
    /// <summary>Columns and penalty of a smooth whose basis is known.</summary>
    internal SmoothColumns Encode(SmoothTerm term, SplineBasis basis)
    {
        var sums = new double[basis.Width];
        foreach (var (value, count) in Binned(basis))
            Kernels.Reduce.AddScaled(count, basis.At(value), sums);
        var size = basis.Width;
        var columns =
            term.Basis == SmoothKind.PSpline
                ? SmoothColumns.Centred(sums, Differences(size, term.PenaltyOrder), size - term.PenaltyOrder, term.Lambda)
                : SmoothColumns.Centred(sums, Bending(KnotsOf(basis)), size - 2, term.Lambda);
        return columns.Turned();
    }

    /// <summary>Columns and penalty of levels, shape (levels).</summary>
    /// <param name="counts">Learn rows of each level, shape (levels).</param>
    internal static SmoothColumns Encode(PenalisedLevelTerm term, IReadOnlyList<string> levels, double[] counts)
    {
        if (term is not NeighbourTerm neighbours)
            return new([], SplineShape.IdentityMap(levels.Count), levels.Count, term.Lambda);
        var penalty = Pairs(neighbours, levels);
        var rank = PivotedCholesky.Factor(penalty, levels.Count, 1e-9).Dropped.Count(dropped => !dropped);
        return SmoothColumns.Centred(counts, penalty, rank, term.Lambda);
    }

    /// <summary>Values as they are fitted, with the rows of each.</summary>
    IEnumerable<(double Value, long Count)> Binned(SplineBasis basis)
    {
        var values = inputs.Counts(basis.Input).With(basis.WhenMissing, inputs.MissingIn(basis.Input));
        var bins = inputs.BinsOf(basis);
        var counts = new long[bins.Values.Length];
        foreach (var (code, count) in bins.CodesOf(values.Values).Zip(values.Counts))
            counts[code] += count;
        return bins.Values.Zip(counts);
    }

    static double[] KnotsOf(SplineBasis basis) => [.. basis.Shape.Knots.Distinct()];

    /// <summary>D′D with D the differences of an order. Source: Eilers and Marx (1996), Statistical Science 11, 89–121.</summary>
    static double[] Differences(int size, int order)
    {
        var rows = Enumerable
            .Range(0, size)
            .Select(i => SplineShape.IdentityMap(size).AsSpan(i * size, size).ToArray())
            .ToArray();
        for (var d = 0; d < order; d++)
            rows = [.. rows.Zip(rows.Skip(1), (one, next) => next.Zip(one, (b, a) => b - a).ToArray())];
        return Gram(rows, size);
    }

    /// <summary>∫f″² of the natural cubic spline with unit values at the knots: D′·B⁻¹·D. Source: Wood (2017), Generalized Additive Models, 5.3.1.</summary>
    static double[] Bending(double[] knots)
    {
        var (k, h) = (knots.Length, knots.Zip(knots.Skip(1), (a, b) => b - a).ToArray());
        var (second, band) = (new double[(k - 2) * k], new double[(k - 2) * (k - 2)]);
        for (var i = 0; i < k - 2; i++)
        {
            second[i * k + i] = 1 / h[i];
            second[i * k + i + 1] = -1 / h[i] - 1 / h[i + 1];
            second[i * k + i + 2] = 1 / h[i + 1];
            band[i * (k - 2) + i] = (h[i] + h[i + 1]) / 3;
            if (i + 1 < k - 2)
                band[i * (k - 2) + i + 1] = band[(i + 1) * (k - 2) + i] = h[i + 1] / 6;
        }
        var inverse = SquareInverse.Of(band, k - 2);
        var penalty = new double[k * k];
        for (var a = 0; a < k - 2; a++)
        {
            for (var b = 0; b < k - 2; b++)
            {
                for (var i = a; i < a + 3; i++)
                    Kernels.Reduce.AddScaled(
                        second[a * k + i] * inverse[a * (k - 2) + b],
                        second.AsSpan(b * k, k),
                        penalty.AsSpan(i * k, k)
                    );
            }
        }
        return penalty;
    }

    /// <summary>Number of neighbours on the diagonal, −1 for each pair.</summary>
    static double[] Pairs(NeighbourTerm term, IReadOnlyList<string> levels)
    {
        var (count, penalty) = (levels.Count, new double[levels.Count * levels.Count]);
        var codes = levels.Select((level, code) => (level, code)).ToDictionary(StringComparer.Ordinal);
        foreach (var (level, neighbours) in term.Neighbours)
        {
            if (!codes.TryGetValue(level, out var one))
                continue;
            foreach (var neighbour in neighbours)
            {
                if (codes.TryGetValue(neighbour, out var other))
                    (penalty[one * count + other], penalty[other * count + one]) = (-1, -1);
            }
        }
        for (var i = 0; i < count; i++)
        {
            var own = -penalty.AsSpan(i * count, count).ToArray().Sum();
            if (own == 0)
                GlmErrors.ThrowNoNeighbour(term.Name, levels[i]);
            penalty[i * count + i] = own;
        }
        return penalty;
    }

    static double[] Gram(double[][] rows, int size)
    {
        var gram = new double[size * size];
        foreach (var row in rows)
        {
            for (var i = 0; i < size; i++)
                Kernels.Reduce.AddScaled(row[i], row, gram.AsSpan(i * size, size));
        }
        return gram;
    }
}
