namespace Halley.Registry;

/// <summary>Exposure by group of every watched field, of the decisions of a time and a slice.</summary>
sealed class MonitorWindow(IReadOnlyList<FieldGroups> groups)
{
    readonly double[][] fields = [.. groups.Select(group => new double[group.Count])];

    internal UnitWeights Weights { get; } = new();

    internal long Decisions { get; private set; }

    /// <summary>Exposure with a level that no model learned.</summary>
    internal double Unseen { get; private set; }

    internal long Slow { get; private set; }

    internal void Add(ReadOnlySpan<int> codes, MonitoredRow row)
    {
        Decisions++;
        Weights.Add(row.Unit, row.Weight);
        for (var field = 0; field < fields.Length; field++)
            fields[field][codes[field]] += row.Weight;
        Unseen += row.IsUnseen ? row.Weight : 0;
        Slow += row.IsSlow ? 1 : 0;
    }

    internal void Clear()
    {
        Weights.Clear();
        foreach (var field in fields)
            Array.Clear(field);
        (Decisions, Unseen, Slow) = (0, 0, 0);
    }

    internal double Share(int field, int group) => Weights.Total > 0 ? fields[field][group] / Weights.Total : 0;

    /// <summary>Exposure by group; the last holds the missing values.</summary>
    internal ReadOnlySpan<double> Field(int field) => fields[field];

    internal double MissingShare(int field) => Weights.Total > 0 ? fields[field][^1] / Weights.Total : 0;

    internal double UnseenShare => Weights.Total > 0 ? Unseen / Weights.Total : 0;
}
