using System.Globalization;

namespace Halley.Registry;

/// <summary>Groups of a field's values: levels, or bands of equal exposure in the reference time; the last group holds the missing values.</summary>
sealed class FieldGroups
{
    const int Bands = 10;

    readonly MonitoredField source;
    readonly double[] cuts;

    /// <param name="reference">Values of the reference time with their exposure.</param>
    internal FieldGroups(MonitoredField field, IEnumerable<(double Value, double Weight)> reference)
    {
        source = field;
        cuts = field.Codes is null ? Cuts([.. reference.Where(row => double.IsFinite(row.Value))]) : [];
    }

    /// <summary>Groups, with the one for missing values.</summary>
    internal int Count => (source.Codes ?? cuts.Length + 1) + 1;

    internal int Of(double value)
    {
        if (double.IsNaN(value))
            return Count - 1;
        if (source.Codes is { } codes)
            return Math.Clamp((int)value, 0, codes - 1);
        var place = Array.BinarySearch(cuts, value);
        // A cut belongs to the band above it.
        return place >= 0 ? place + 1 : ~place;
    }

    internal string Describe(int group)
    {
        if (group == Count - 1)
            return $"{source.Name} missing";
        if (source.Codes is not null)
            return $"{source.Name} = {source.CodeName(group)}";
        if (cuts.Length == 0)
            return $"{source.Name} present";
        if (group == 0)
            return $"{source.Name} below {Text(cuts[0])}";
        return group == cuts.Length
            ? $"{source.Name} from {Text(cuts[^1])}"
            : $"{source.Name} {Text(cuts[group - 1])} to {Text(cuts[group])}";
    }

    static double[] Cuts((double Value, double Weight)[] rows)
    {
        Array.Sort(rows, static (one, other) => one.Value.CompareTo(other.Value));
        var (total, sum, next) = (rows.Sum(row => row.Weight), 0.0, 1);
        var found = new List<double>();
        foreach (var (value, weight) in rows)
        {
            if (next < Bands && sum >= total * next / Bands)
            {
                if (value > rows[0].Value && (found.Count == 0 || value > found[^1]))
                    found.Add(value);
                while (next < Bands && sum >= total * next / Bands)
                    next++;
            }
            sum += weight;
        }
        return [.. found];
    }

    static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
