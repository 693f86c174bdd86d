namespace Halley.Boosting;

/// <summary>From the counts of a key to the statistic.</summary>
/// <param name="Border">Of <see cref="CtrKind.Borders"/>: classes above it are good; of <see cref="CtrKind.Buckets"/>: the good class.</param>
readonly record struct CtrRule(CtrKind Kind, int Border, float Prior, float PriorDenominator, float Shift, float Scale)
{
    internal double ValueOf(CtrTable table, ulong key)
    {
        var counts = table.Find(key);
        var (good, total) = (0f, Kind == CtrKind.Counter ? table.Denominator : 0f);
        switch (Kind)
        {
            case CtrKind.Mean when !counts.IsEmpty:
                (good, total) = ((float)counts[0], (float)counts[1]);
                break;
            case CtrKind.Counter when !counts.IsEmpty:
                good = (float)counts[0];
                break;
            default:
                var (chosen, all) = (0.0, 0.0);
                for (var i = 0; i < counts.Length; i++)
                {
                    all += counts[i];
                    chosen += Kind == CtrKind.Borders ? (i > Border ? counts[i] : 0) : (i == Border ? counts[i] : 0);
                }
                if (Kind is CtrKind.Borders or CtrKind.Buckets)
                    (good, total) = ((float)chosen, (float)all);
                break;
        }
        return ((good + Prior) / (total + PriorDenominator) + Shift) * Scale;
    }
}
