using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Covariances at dispersion 1 where a factor's levels are solved for first: each is worked out when it is asked for.</summary>
/// <remarks>
/// With W = −D⁻¹·B·S⁻¹ the covariance of the levels is D⁻¹ − D⁻¹·B·W′, theirs with the rest is W, and that of the rest S⁻¹. Declared
/// columns of numbers are combinations A of the internal ones, so W·A′ and A·S⁻¹·A′ stand for them; the factor's levels are declared ones.
/// </remarks>
sealed class BorderedCovariance
{
    readonly BorderedMatrix matrix;
    readonly BorderedFactor factor;
    readonly IReadOnlyList<ColumnState> states;
    readonly int[] order;
    readonly int q;
    readonly int restCount;

    /// <summary>S⁻¹, shape (rest × rest).</summary>
    readonly double[] rest;

    /// <summary>W, and W·A′; shape (own × rest).</summary>
    readonly double[] mixed;
    readonly double[] declaredMixed;

    /// <summary>Of the columns in order that are not the factor's, shape (those × those).</summary>
    readonly double[] declaredRest;

    /// <summary>Positions in order of the columns that are not the factor's.</summary>
    readonly int[] restInOrder;

    /// <summary>Place of each active column among the factor's or the rest's: k for the former, ~r for the latter.</summary>
    readonly int[] placeOfActive;

    /// <summary>The same for each column in order; meaningless where there is no estimate.</summary>
    readonly int[] placeInOrder;

    /// <summary>Place in <see cref="declaredRest"/> of each column in order.</summary>
    readonly int[] placeInRest;

    /// <param name="states">At the end of the fit.</param>
    internal BorderedCovariance(
        PreparedDesign prepared,
        BorderedMatrix matrix,
        BorderedFactor factor,
        IReadOnlyList<ColumnState> states
    )
    {
        (this.matrix, this.factor, this.states) = (matrix, factor, states);
        (order, q, rest) = (prepared.Design.Order, matrix.Rest.Length, factor.ComplementInverse());
        mixed = Mixed();
        Rest = RestOf(prepared);
        declaredMixed = Declared(mixed);
        restInOrder = prepared.Elimination!.Split(order).Others;
        restCount = restInOrder.Length;
        declaredRest = DeclaredOfRest(rest);

        placeOfActive = new int[matrix.Size];
        for (var k = 0; k < matrix.Own.Length; k++)
            placeOfActive[matrix.Own[k]] = k;
        for (var r = 0; r < q; r++)
            placeOfActive[matrix.Rest[r]] = ~r;
        var places = prepared.Places();
        placeInOrder = [.. order.Select(full => places[full] < 0 ? 0 : placeOfActive[places[full]])];
        placeInRest = new int[order.Length];
        for (var i = 0; i < restCount; i++)
            placeInRest[restInOrder[i]] = i;
    }

    /// <summary>Number of active columns that are not the factor's.</summary>
    internal int RestCount => q;

    /// <summary>S⁻¹, shape (rest × rest).</summary>
    internal double[] RestInverse => rest;

    /// <summary>The factor's active columns.</summary>
    internal int LevelCount => matrix.Own.Length;

    /// <summary>Place of each active column among the factor's or the rest's: k for the former, ~r for the latter.</summary>
    internal int[] PlaceOfActive => placeOfActive;

    internal double DiagonalInverse(int k) => factor.DiagonalInverse[k];

    /// <summary>Whether a column in order has an estimate.</summary>
    internal bool HasEstimate(int i) => states[i] == ColumnState.Estimated;

    /// <summary>Place of a column in order among the factor's or the rest's: k for the former, ~r for the latter.</summary>
    internal int PlaceOf(int i) => placeInOrder[i];

    /// <summary>Place of two columns in order that are not the factor's in <see cref="DeclaredOfRest"/>.</summary>
    internal int PlaceInRest(int i, int j) => placeInRest[i] * restCount + placeInRest[j];

    /// <summary>u ← −B_k/D_k, shape (rest).</summary>
    internal void FillLevel(int k, double[] u, double[] room)
    {
        var border = matrix.BorderOf(k, room);
        for (var r = 0; r < q; r++)
            u[r] = -factor.DiagonalInverse[k] * border[r];
    }

    /// <summary>A form in the rest's declared coefficients as one in the internal ones of all active columns.</summary>
    internal double[] FormOfRest(double[] declared)
    {
        var (basis, form) = (DeclaredBasis.Of(Rest), new double[matrix.Size]);
        for (var i = 0; i < q; i++)
        {
            for (var r = 0; r < q && declared[i] != 0; r++)
                form[matrix.Rest[r]] += declared[i] * basis[i * q + r];
        }
        return form;
    }

    /// <summary>The form that is one coefficient in order.</summary>
    internal double[] FormOf(int i)
    {
        if (placeInOrder[i] < 0)
        {
            var unit = new double[q];
            unit[~placeInOrder[i]] = 1;
            return FormOfRest(unit);
        }
        var form = new double[matrix.Size];
        form[matrix.Own[placeInOrder[i]]] = 1;
        return form;
    }

    /// <summary>x with X′WX·x = b. Shape (active).</summary>
    internal double[] Solve(double[] b) => factor.Solve(b);

    /// <summary>Rows over the rest's internal columns as ones over the declared; the same array where they are the same.</summary>
    internal double[] Declared(double[] rows) => Declared(rows, DeclaredBasis.Of(Rest));

    /// <summary>A matrix over the rest's internal columns as one over the declared ones in order.</summary>
    internal double[] DeclaredOfRest(double[] inner)
    {
        ColumnState[] restStates = [.. restInOrder.Select(i => states[i])];
        return DeclaredCovariance.Of(Rest.Design, restStates, Rest.Active, inner);
    }

    /// <summary>The design without the factor's columns.</summary>
    internal PreparedDesign Rest { get; }

    /// <summary>Entry of (X′WX)⁻¹ of two active columns, internal basis.</summary>
    internal double InverseAt(int i, int j) =>
        (placeOfActive[i], placeOfActive[j]) switch
        {
            (>= 0 and var k, >= 0 and var l) => OfLevels(k, l),
            (>= 0 and var k, var r) => mixed[k * q + ~r],
            (var r, >= 0 and var k) => mixed[k * q + ~r],
            var (r, s) => rest[~r * q + ~s],
        };

    /// <summary>Covariance of two declared columns in order, NaN where there is no estimate.</summary>
    internal double At(int i, int j)
    {
        if (states[i] != ColumnState.Estimated || states[j] != ColumnState.Estimated)
            return double.NaN;
        return (placeInOrder[i], placeInOrder[j]) switch
        {
            (>= 0 and var k, >= 0 and var l) => OfLevels(k, l),
            (>= 0 and var k, var r) => declaredMixed[k * q + ~r],
            (var r, >= 0 and var k) => declaredMixed[k * q + ~r],
            _ => declaredRest[placeInRest[i] * restCount + placeInRest[j]],
        };
    }

    /// <summary>Wald's statistic of all levels that have an estimate, at dispersion 1, and their number.</summary>
    /// <remarks>
    /// b′·V⁻¹·b with V = D⁻¹ + D⁻¹·B·S⁻¹·B′·D⁻¹ over those levels, whose inverse is D − B·(S + B′·D⁻¹·B)⁻¹·B′.
    /// </remarks>
    /// <param name="beta">Shape (full columns).</param>
    internal (double Statistic, int Degrees) TestOfLevels(double[] beta)
    {
        var taken = new double?[matrix.Own.Length];
        for (var i = 0; i < order.Length; i++)
        {
            if (states[i] == ColumnState.Estimated && placeInOrder[i] >= 0)
                taken[placeInOrder[i]] = beta[order[i]];
        }
        var (sum, image, room) = (0.0, new double[q], new double[q]);
        for (var k = 0; k < taken.Length; k++)
        {
            if (taken[k] is not { } value)
                continue;
            sum += matrix.Diagonal[k] * value * value;
            Reduce.AddScaled(value, matrix.BorderOf(k, room), image);
        }
        var inner = matrix.CornerWithout(k => taken[k] is null ? factor.DiagonalInverse[k] : 0);
        for (var r = 0; r < q; r++)
        {
            if (!factor.DroppedOfRest[r])
                continue;
            image[r] = 0;
            for (var j = 0; j < q; j++)
                inner[Math.Max(r, j) * q + Math.Min(r, j)] = 0;
        }
        var solved = PivotedCholesky.Factor(inner, q, 1e-12).Solve(image);
        return (sum - Reduce.Dot(image, solved), taken.Count(value => value is not null));
    }

    double OfLevels(int k, int l)
    {
        // One order of the two: the matrix is symmetric to the bit.
        (k, l) = (Math.Min(k, l), Math.Max(k, l));
        var shared = factor.DiagonalInverse[k] * Reduce.Dot(matrix.BorderOf(k, new double[q]), mixed.AsSpan(l * q, q));
        return k == l ? factor.DiagonalInverse[k] - shared : -shared;
    }

    double[] Mixed()
    {
        var (values, room) = (new double[matrix.Own.Length * q], new double[q]);
        for (var k = 0; k < matrix.Own.Length; k++)
        {
            var border = matrix.BorderOf(k, room);
            var row = values.AsSpan(k * q, q);
            for (var j = 0; j < q; j++)
            {
                if (border[j] != 0)
                    Reduce.AddScaled(-factor.DiagonalInverse[k] * border[j], rest.AsSpan(j * q, q), row);
            }
        }
        return values;
    }

    static PreparedDesign RestOf(PreparedDesign prepared)
    {
        var (design, elimination) = (prepared.Design, prepared.Elimination!);
        int[] places = elimination.Split(design.Order).Others;
        return new(
            design.WithOrder([.. places.Select(place => design.Order[place])]),
            [.. places.Select(place => prepared.States[place])]
        );
    }

    /// <summary>Rows times A′; the same array where A changes nothing.</summary>
    double[] Declared(double[] rows, double[] basis)
    {
        var entries = new List<(int To, int From, double Value)>();
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                if (basis[i * q + j] != 0)
                    entries.Add((i, j, basis[i * q + j]));
            }
        }
        if (entries.Count == q && entries.All(entry => entry is { Value: 1 } && entry.To == entry.From))
            return rows;
        var declared = new double[rows.Length];
        for (var start = 0; start < rows.Length; start += q)
        {
            foreach (var (to, from, value) in entries)
                declared[start + to] += value * rows[start + from];
        }
        return declared;
    }
}
