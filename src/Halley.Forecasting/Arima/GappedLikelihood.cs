using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Likelihood of values in levels by the filter with a vague prior, gaps left out: R's <c>arima</c>.</summary>
sealed class GappedLikelihood : ArimaLikelihood
{
    readonly ArimaOrder order;
    readonly double[] values;
    readonly double[][] columns;

    internal GappedLikelihood(ArimaDesign design, ArimaOrder order)
        : base(design) => (this.order, (values, columns)) = (order, design.InLevels());

    protected override (int Count, double SumLog)? Gather(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        if (ArimaFilter.Start(order, phi, theta) is not { } filter)
            return null;
        var (k, count, sumLog) = (columns.Length, 0, 0.0);
        var states = new double[k + 1][];
        for (var j = 0; j <= k; j++)
            states[j] = filter.NewState();
        Span<double> row = stackalloc double[k + 1];
        for (var t = 0; t < values.Length; t++)
        {
            if (!double.IsNaN(values[t]))
            {
                var variance = filter.Observe();
                for (var j = 0; j <= k; j++)
                {
                    row[j] = (j < k ? columns[j][t] : values[t]) - filter.Value(states[j]);
                    filter.Correct(states[j], row[j], variance);
                }
                filter.Correct(variance);
                if (ArimaFilter.IsInformed(variance))
                {
                    Regression.Add(row, 1 / variance);
                    (count, sumLog) = (count + 1, sumLog + VectorMath.Log(variance));
                }
            }
            filter.Advance();
            foreach (var state in states)
                filter.Advance(state);
        }
        return (count, sumLog);
    }
}
