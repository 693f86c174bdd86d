namespace Halley.Forecasting;

/// <summary>Sum of squares given the first values, errors before them zero: a start for the likelihood, and its stand-in on long series.</summary>
/// <remarks>Source: Box and Jenkins (1970), section 7.1.2.</remarks>
sealed class ConditionalSquares(ArimaDesign design) : ArimaLikelihood(design)
{
    readonly LagSum lags = new();
    readonly double[] errors = new double[design.Target.Length * (design.ColumnCount + 1)];

    protected override (int Count, double SumLog)? Gather(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        var (k, y) = (Design.ColumnCount, Design.Target);
        lags.Set(phi, theta);
        var count = 0;
        for (var j = 0; j <= k; j++)
            lags.Filter(j < k ? Design.Differenced[j] : y, phi.Length, errors.AsSpan(j * y.Length, y.Length));
        Span<double> row = stackalloc double[k + 1];
        for (var t = phi.Length; t < y.Length; t++)
        {
            for (var j = 0; j <= k; j++)
                row[j] = errors[j * y.Length + t];
            if (double.IsNaN(row[k]))
                continue;
            Regression.Add(row, 1);
            count++;
        }
        return count > 0 ? (count, 0) : null;
    }
}
