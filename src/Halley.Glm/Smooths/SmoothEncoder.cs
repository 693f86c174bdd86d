namespace Halley.Glm;

/// <summary>Settles knots, penalty and centring of penalised terms on the learn rows.</summary>
sealed class SmoothEncoder(LearnInputs inputs)
{
    /// <summary>Columns and penalty of a smooth whose basis is known.</summary>
    internal SmoothColumns Encode(SmoothTerm term, SplineBasis basis)
    {
        var (penalty, rank) = PenaltyOf(term, basis);
        return SmoothColumns.Centred(Sums(basis, Bins.Limit), penalty, rank, term.Lambda).Turned();
    }

    /// <summary>The penalty over a smooth's own columns, and its rank.</summary>
    internal static (double[] Matrix, int Rank) PenaltyOf(SmoothTerm term, SplineBasis basis)
    {
        var size = basis.Width;
        return term.Basis == SmoothKind.PSpline
            ? (Differences(size, term.PenaltyOrder), size - term.PenaltyOrder)
            : (Bending(KnotsOf(basis)), size - 2);
    }

    /// <summary>Sums of a smooth's own columns over the learn rows.</summary>
    /// <param name="limit">Bins at most.</param>
    internal double[] Sums(SplineBasis basis, int limit)
    {
        var sums = new double[basis.Width];
        foreach (var (value, count) in Binned(basis, limit))
            Kernels.Reduce.AddScaled(count, basis.At(value), sums);
        return sums;
    }

    /// <summary>Columns and penalty of levels by credibility.</summary>
    internal static SmoothColumns Encode(CredibilityTerm term, IReadOnlyList<string> levels) =>
        new([], SplineShape.IdentityMap(levels.Count), levels.Count, term.Lambda);

    /// <summary>Cells by credibility, or slopes in them: one variance for each column of numbers.</summary>
    internal static SmoothColumns OfCells(IReadOnlyList<TermPart> parts)
    {
        var cells = parts.Aggregate(1, (count, part) => count * (part.Coder?.LevelCount ?? 1));
        var width = parts.Aggregate(1, (count, part) => count * (part.Basis?.Width ?? 1));
        var lambda = parts.Select(part => (part.Term as CredibilityTerm)?.Lambda).FirstOrDefault(given => given is not null);
        double[] Of(int column) => [.. Enumerable.Range(0, cells * width).Select(i => i % width == column ? 1.0 : 0)];
        return new([], cells * width, [.. Enumerable.Range(0, width).Select(column => CurvePenalty.Of(Of(column), lambda))]);
    }

    /// <summary>Columns and penalty of territories.</summary>
    /// <param name="counts">Learn rows of each level, shape (levels).</param>
    internal static SmoothColumns Encode(NeighbourTerm term, IReadOnlyList<string> levels, double[] counts)
    {
        var penalty = Pairs(term, levels);
        var rank = PivotedCholesky.Factor(penalty, levels.Count, 1e-9).Dropped.Count(dropped => !dropped);
        return SmoothColumns.Centred(counts, penalty, rank, term.Lambda);
    }

    /// <summary>Values as they are fitted, with the rows of each.</summary>
    IEnumerable<(double Value, long Count)> Binned(SplineBasis basis, int limit)
    {
        var values = inputs.Counts(basis.Input).With(basis.WhenMissing, inputs.MissingIn(basis.Input));
        var bins = inputs.BinsOf(basis, limit);
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
