namespace Halley.Models;

/// <summary>Takes the profile of a column, whose rows may come batch by batch.</summary>
/// <param name="head">Name, kind and levels; its rows are not looked at.</param>
/// <param name="folder">Where values are kept that have to be sorted; null to keep them in memory.</param>
sealed class FeatureProfiler(Column head, string? folder) : IDisposable
{
    const int Percents = 100;

    readonly double[]? shares = head switch
    {
        CategoricalColumn categorical => new double[categorical.Levels.Count],
        BooleanColumn => new double[2],
        _ => null,
    };

    readonly SortedTotals values = new(folder);
    double total;
    double missing;
    double present;

    /// <summary>The column's.</summary>
    public string Name => head.Name;

    /// <summary>The profile of a column in memory.</summary>
    /// <param name="weights">Shape (n): how much each row counts, at least 0.</param>
    public static FeatureProfile Of(Column column, ReadOnlySpan<double> weights)
    {
        using var profiler = new FeatureProfiler(column, folder: null);
        profiler.Add(column, weights);
        return profiler.Profile();
    }

    /// <summary>Adds rows.</summary>
    /// <param name="weights">Shape (n): how much each row counts, at least 0.</param>
    public void Add(Column column, ReadOnlySpan<double> weights)
    {
        var slots = new double[column.RowCount];
        column.CopySlots(0, slots);
        for (var row = 0; row < slots.Length; row++)
        {
            total += weights[row];
            if (double.IsNaN(slots[row]))
            {
                missing += weights[row];
                continue;
            }
            if (shares is null && weights[row] > 0)
                values.Add(slots[row], weights[row]);
            if (shares is not null)
                shares[(int)slots[row]] += weights[row];
            present += weights[row];
        }
    }

    /// <summary>The profile of all rows that were added.</summary>
    public FeatureProfile Profile()
    {
        var profile = new FeatureProfile
        {
            Name = head.Name,
            Kind = head.Kind,
            MissingShare = total > 0 ? missing / total : 0,
        };
        return shares is null ? WithPercentiles(profile) : WithShares(profile);
    }

    public void Dispose() => values.Dispose();

    FeatureProfile WithShares(FeatureProfile profile)
    {
        if (present == 0)
            return profile with { LevelShares = shares };
        double[] parts = [.. shares!.Select(share => share / present)];
        return profile with { LevelShares = parts, Typical = Array.IndexOf(parts, parts.Max()) };
    }

    /// <summary>The smallest value whose rows and those below it make up at least p % of the weight, for p = 0 … 100.</summary>
    FeatureProfile WithPercentiles(FeatureProfile profile)
    {
        var percentiles = new double[Percents + 1];
        var (running, next, last) = (0.0, 0, double.NaN);
        values.ForEach(
            (value, weight, _) =>
            {
                (running, last) = (running + weight, value);
                while (next <= Percents && running >= present * next / Percents)
                    percentiles[next++] = value;
            }
        );
        if (double.IsNaN(last))
            return profile with { Percentiles = [] };
        while (next <= Percents)
            percentiles[next++] = last;
        return profile with { Percentiles = percentiles, Typical = percentiles[Percents / 2] };
    }
}
