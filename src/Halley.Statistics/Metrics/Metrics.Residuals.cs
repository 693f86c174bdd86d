namespace Halley.Statistics;

/// <content>Residuals of rows taken together.</content>
public static partial class Metrics
{
    /// <summary>The residual of each group, all groups in order, empty ones too.</summary>
    /// <remarks>Source: McCullagh and Nelder (1989), Generalized Linear Models, section 2.4, Pearson residuals of grouped data.</remarks>
    /// <param name="group">Group number of each row, 0 … groupCount − 1; rows with a negative number are left out.</param>
    /// <param name="size">Years at risk, or weight.</param>
    /// <param name="dispersion">φ.</param>
    public static GroupResidual[] ResidualsByGroup(
        Family family,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight,
        ReadOnlySpan<double> size,
        ReadOnlySpan<int> group,
        int groupCount,
        double dispersion
    )
    {
        Shapes.Check(y, mu, weight);
        var groups = new GroupResidual[groupCount];
        var variances = new double[groupCount];
        for (var row = 0; row < y.Length; row++)
        {
            if (group[row] < 0)
                continue;
            ref var own = ref groups[group[row]];
            own = own with
            {
                RowCount = own.RowCount + 1,
                Size = own.Size + size[row],
                Observed = own.Observed + weight[row] * y[row],
                Fitted = own.Fitted + weight[row] * mu[row],
            };
            variances[group[row]] += weight[row] * family.Variance(mu[row]);
        }
        for (var i = 0; i < groupCount; i++)
        {
            var spread = Math.Sqrt(dispersion * variances[i]);
            groups[i] = groups[i] with
            {
                Group = i,
                Residual = spread > 0 ? (groups[i].Observed - groups[i].Fitted) / spread : double.NaN,
            };
        }
        return groups;
    }

    /// <summary>Group of each row by rising key, groups of about equal size; rows of one key stay together.</summary>
    public static int[] EqualSizeGroups(ReadOnlySpan<double> key, ReadOnlySpan<double> size, int groups) =>
        EqualExposureBands(Ranking.Rising(key), size, groups);
}
