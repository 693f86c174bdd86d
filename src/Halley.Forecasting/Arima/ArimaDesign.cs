namespace Halley.Forecasting;

/// <summary>Values and regressors as an ARIMA model of given differences sees them.</summary>
/// <remarks>
/// The differenced columns are made orthonormal, and what a least-squares fit of the values on them explains is taken out
/// beforehand: the sums of squares of the search then lose no digits, whatever the scales of mean and regressors.
/// </remarks>
sealed class ArimaDesign
{
    const double Collinear = 1e-9;

    readonly double[][] levels;
    readonly double[,] rotation;
    readonly double[] first;

    internal ArimaDesign(TimeSeries series, ArimaOrder order)
    {
        Order = order;
        var columns = Raw(series, order);
        var y = series.Values;
        HasGaps = Array.Exists(y, double.IsNaN);
        // Copies: without differences these are the series' own.
        var differenced = columns.Select(column => (double[])Differences.Of(column, order).Clone()).ToArray();
        var target = (double[])Differences.Of(y, order).Clone();
        Used = y.Count(value => !double.IsNaN(value)) - order.Lost;
        var k = columns.Length;
        rotation = new double[k, k];
        Orthonormalise(series, differenced, target, rotation, order.HasConstant ? 1 : 0);
        first = [.. differenced.Select(column => Dot(column, target))];
        for (var t = 0; t < target.Length; t++)
        for (var j = 0; j < k; j++)
            target[t] -= first[j] * differenced[j][t];
        (Target, Differenced) = (target, differenced);
        levels = columns;
        Values = y;
    }

    internal ArimaOrder Order { get; }

    internal bool HasGaps { get; }

    /// <summary>Values known, less those that differencing takes.</summary>
    internal int Used { get; }

    internal double[] Values { get; }

    /// <summary>Differenced values without what the columns explain; NaN at gaps.</summary>
    internal double[] Target { get; }

    /// <summary>Orthonormal differenced columns, shape (k)(n − lost).</summary>
    internal double[][] Differenced { get; }

    internal int ColumnCount => Differenced.Length;

    /// <summary>Coefficients of the columns as given, from those of the orthonormal ones.</summary>
    internal double[] Unrotate(ReadOnlySpan<double> coefficients)
    {
        var k = ColumnCount;
        var b = new double[k];
        for (var j = k - 1; j >= 0; j--)
        {
            b[j] = first[j] + coefficients[j];
            for (var i = j + 1; i < k; i++)
                b[j] -= rotation[j, i] * b[i];
            b[j] /= rotation[j, j];
        }
        return b;
    }

    /// <summary>Columns in levels whose differences are <see cref="Differenced"/>, and the values without their part.</summary>
    internal (double[] Values, double[][] Columns) InLevels()
    {
        var k = ColumnCount;
        var rotated = new double[k][];
        for (var j = 0; j < k; j++)
        {
            rotated[j] = (double[])levels[j].Clone();
            for (var t = 0; t < Values.Length; t++)
            {
                for (var i = 0; i < j; i++)
                    rotated[j][t] -= rotation[i, j] * rotated[i][t];
                rotated[j][t] /= rotation[j, j];
            }
        }
        return ([.. Values.Select((value, t) => value - Enumerable.Range(0, k).Sum(j => first[j] * rotated[j][t]))], rotated);
    }

    /// <summary>The values without the part of constant and regressors.</summary>
    internal double[] WithoutRegression(double[] linear) =>
        [.. Values.Select((value, t) => value - linear.Select((b, j) => b * levels[j][t]).Sum())];

    /// <summary>The constant and the regressors, in levels.</summary>
    static double[][] Raw(TimeSeries series, ArimaOrder order)
    {
        var constant = order.HasConstant ? new[] { Constant(order, series.Length, 0) } : [];
        return [.. constant, .. series.Regressors];
    }

    /// <summary>The column of the constant: ones, or the number of the step for a drift.</summary>
    internal static double[] Constant(ArimaOrder order, int length, int from) =>
        [.. Enumerable.Range(from + 1, length).Select(t => order.D + order.SeasonalD == 0 ? 1.0 : t)];

    /// <summary>Gram and Schmidt's process, twice over; the rotation R has columns = orthonormal·R.</summary>
    static void Orthonormalise(TimeSeries series, double[][] columns, double[] target, double[,] rotation, int constants)
    {
        for (var j = 0; j < columns.Length; j++)
        {
            var column = columns[j];
            for (var t = 0; t < target.Length; t++)
                column[t] = double.IsNaN(target[t]) ? 0 : column[t];
            var before = Math.Sqrt(Dot(column, column));
            for (var pass = 0; pass < 2; pass++)
            for (var i = 0; i < j; i++)
            {
                var part = Dot(columns[i], column);
                rotation[i, j] += part;
                for (var t = 0; t < column.Length; t++)
                    column[t] -= part * columns[i][t];
            }
            var norm = Math.Sqrt(Dot(column, column));
            if (!(norm > Collinear * before))
                ForecastErrors.ThrowCollinear(series, j - constants);
            rotation[j, j] = norm;
            for (var t = 0; t < column.Length; t++)
                column[t] /= norm;
        }
    }

    static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var t = 0; t < a.Length; t++)
            sum += double.IsNaN(b[t]) ? 0 : a[t] * b[t];
        return sum;
    }
}
