namespace Halley.Glm;

/// <summary>Bins of several covariates at once: the combinations that have rows.</summary>
/// <remarks>
/// Combinations are counted as for a factor, so a row of a surface costs no more than a row of a curve. Where there are too many,
/// covariates of many values are rounded to an even grid. Source: Wood, Li, Shaddick and Augustin (2017), J. Amer. Statist. Assoc. 112, 1199–1210.
/// </remarks>
sealed class JointBins
{
    /// <summary>Combinations that may be looked through for those that have rows.</summary>
    const int GridLimit = 16_000_000;

    readonly NumberBasis[] bases;

    /// <summary>Place of each combination of all bins among those that have rows; −1 for none.</summary>
    readonly int[] placeOf;

    JointBins(LearnInputs inputs, NumberBasis[] bases, int limit)
    {
        (this.bases, Limit) = (bases, limit);
        Axes = [.. bases.Select(basis => inputs.BinsOf(basis, limit))];
        placeOf = new int[Axes.Aggregate(1, (count, axis) => checked(count * axis.Values.Length))];
        inputs.ForEach([.. bases.Select(basis => basis.Input)], Count);
        var (places, counts) = (new List<int[]>(), new List<double>());
        for (var code = 0; code < placeOf.Length; code++)
        {
            var rows = placeOf[code];
            placeOf[code] = rows == 0 ? -1 : places.Count;
            if (rows == 0)
                continue;
            places.Add(PlacesOf(code));
            counts.Add(rows);
        }
        (Places, Counts) = ([.. places], [.. counts]);
    }

    /// <summary>Bins of one covariate at most.</summary>
    internal int Limit { get; }

    /// <summary>Bins of each covariate. Shape (covariates).</summary>
    internal Bins[] Axes { get; }

    /// <summary>Bin of each covariate by combination. Shape (combinations)(covariates).</summary>
    internal int[][] Places { get; }

    /// <summary>Rows of each combination. Shape (combinations).</summary>
    internal double[] Counts { get; }

    /// <summary>With as fine bins as stay within a number of combinations.</summary>
    internal static JointBins Within(LearnInputs inputs, NumberBasis[] bases, int combinations)
    {
        int[] counts = [.. bases.Select(basis => inputs.BinsOf(basis).Values.Length)];
        var finest = new JointBins(inputs, bases, LimitFor(counts, GridLimit));
        return finest.Places.Length <= combinations ? finest : new(inputs, bases, LimitFor(counts, combinations));
    }

    /// <summary>Combination of each row, on all rows or a part of them. Shape (n).</summary>
    internal int[] CodesOf(LearnInputs rows)
    {
        var codes = new int[rows.RowCount];
        for (var axis = 0; axis < bases.Length; axis++)
        {
            var own = rows.Binned(bases[axis], Limit).Codes;
            for (var row = 0; row < own.Length; row++)
                codes[row] = codes[row] * Axes[axis].Values.Length + own[row];
        }
        for (var row = 0; row < codes.Length; row++)
            codes[row] = placeOf[codes[row]];
        return codes;
    }

    /// <summary>Values of a term's columns in each combination, shape (combinations)(columns).</summary>
    internal double[][] ColumnsOf(EncodedTerm term)
    {
        double[][] points = [.. Places.Select(places => places.Select((bin, axis) => Axes[axis].Values[bin]).ToArray())];
        return term.ColumnsOver(points);
    }

    void Count(double[][] slots, int n)
    {
        var codes = new int[n];
        for (var axis = 0; axis < Axes.Length; axis++)
        {
            var values = slots[axis].AsSpan(0, n).ToArray();
            foreach (ref var value in values.AsSpan())
                value = double.IsNaN(value) ? bases[axis].WhenMissing : value;
            var own = Axes[axis].CodesOf(values);
            for (var row = 0; row < n; row++)
                codes[row] = codes[row] * Axes[axis].Values.Length + own[row];
        }
        foreach (var code in codes)
            placeOf[code]++;
    }

    /// <summary>Largest number of bins of one covariate at which all their combinations are no more than a budget.</summary>
    /// <param name="counts">Bins that each covariate could use.</param>
    static int LimitFor(int[] counts, int budget)
    {
        var left = (double)budget;
        int[] rising = [.. counts.Order()];
        for (var axis = 0; axis < rising.Length; axis++)
        {
            var share = Math.Pow(left, 1.0 / (rising.Length - axis));
            if (rising[axis] > share)
                return Math.Max((int)Math.Floor(share + 1e-9), 2);
            left /= rising[axis];
        }
        return Bins.Limit;
    }

    int[] PlacesOf(int code)
    {
        var places = new int[Axes.Length];
        for (var axis = Axes.Length - 1; axis >= 0; axis--)
            (code, places[axis]) = Math.DivRem(code, Axes[axis].Values.Length);
        return places;
    }
}
