namespace Halley.Registry;

/// <summary>Adds up rows unit by unit, so that what belongs to one unit is spread as one.</summary>
sealed class UnitWalk(IReadOnlyList<MonitoredRow> rows, IReadOnlyList<int> lastOfUnit, (double Actual, double Expected)[] counted)
{
    /// <summary>Ratios by group; rows that count for nothing are passed over.</summary>
    /// <param name="groupsOf">Groups below <paramref name="groups"/> that a row belongs to.</param>
    internal RatioSum[] Sum(int groups, Func<MonitoredRow, int[]> groupsOf)
    {
        var sums = new RatioSum[groups];
        var (actual, expected, touched) = (new double[groups], new double[groups], new List<int>());
        foreach (var isSpread in (ReadOnlySpan<bool>)[false, true])
        {
            for (var unit = 0; unit < lastOfUnit.Count; unit++)
            {
                for (var place = lastOfUnit[unit]; place >= 0; place = rows[place].Previous)
                {
                    var (a, e) = counted[place];
                    if (a == 0 && e == 0)
                        continue;
                    foreach (var group in groupsOf(rows[place]))
                    {
                        if (actual[group] == 0 && expected[group] == 0)
                            touched.Add(group);
                        actual[group] += a;
                        expected[group] += e;
                    }
                }
                foreach (var group in touched)
                {
                    if (isSpread)
                        sums[group].Spread(actual[group], expected[group]);
                    else
                        sums[group].Add(actual[group], expected[group]);
                    (actual[group], expected[group]) = (0, 0);
                }
                touched.Clear();
            }
        }
        return sums;
    }

    /// <summary>Σ over the rows of each unit.</summary>
    internal IEnumerable<double> ByUnit(Func<int, double> of)
    {
        for (var unit = 0; unit < lastOfUnit.Count; unit++)
        {
            var sum = 0.0;
            for (var place = lastOfUnit[unit]; place >= 0; place = rows[place].Previous)
                sum += of(place);
            yield return sum;
        }
    }
}
