namespace Halley.Registry;

/// <summary>The whole book and each level of each segment, by number: the whole is 0.</summary>
sealed class MonitorSlices
{
    readonly MonitoredFields fields;
    readonly int[] starts;
    readonly List<string> names = ["the whole"];

    internal MonitorSlices(MonitoredFields fields)
    {
        this.fields = fields;
        starts = new int[fields.Segments.Count];
        foreach (var (place, segment) in fields.Segments.Index())
        {
            starts[place] = names.Count;
            var field = fields.All[segment];
            for (var code = 0; code < field.Codes!.Value; code++)
                names.Add($"{field.Name} = {field.CodeName(code)}");
        }
    }

    internal IReadOnlyList<string> Names => names;

    internal int Count => names.Count;

    internal int NumberOf(string name) => names.IndexOf(name);

    /// <summary>The slices of a record; one whose segment is missing is in the whole alone.</summary>
    internal int[] Of(ReadOnlySpan<double> values)
    {
        var slices = new List<int>(1 + starts.Length) { 0 };
        for (var place = 0; place < starts.Length; place++)
        {
            var code = values[fields.Segments[place]];
            if (!double.IsNaN(code))
                slices.Add(starts[place] + (int)code);
        }
        return [.. slices];
    }
}
