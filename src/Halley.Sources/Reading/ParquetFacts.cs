using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>What the columns of a Parquet file hold, gathered batch by batch: the same as of the whole table in memory.</summary>
sealed class ParquetFacts
{
    const int BatchRows = 1 << 16;

    // The same bounds as for a table in memory.
    const int FewLevels = 50;
    const int MostLevels = 5_000;
    const double LargestExactWhole = 1L << 53;

    readonly Dictionary<string, ColumnFacts> facts = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> levels = new(StringComparer.Ordinal);

    /// <exception cref="HalleyException">HLY1509, HLY1510: a column or the file can't be read.</exception>
    public static InferredSchema Infer(DuckSession session, string path)
    {
        var requests = DuckTable.RequestsOf(session, $"read_parquet({Sql.File(path)})", $"'{path}'", schema: null);
        var numbersAsText = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var gathered = Gather(session, path, requests, numbersAsText);
            // Whole numbers too long for a double are texts: as numbers they would change.
            var refuted = gathered.facts.Values.Where(IsLongId).Select(column => column.Name).ToArray();
            if (refuted.Length == 0)
                return SchemaInference.Of(requests.Select(request => gathered.Final(request.Name)));
            numbersAsText.UnionWith(refuted);
        }
    }

    static ParquetFacts Gather(DuckSession session, string path, ColumnRequest[] requests, HashSet<string> numbersAsText)
    {
        var gathered = new ParquetFacts();
        var schema = new Schema(requests.Select(request => FieldOf(request, numbersAsText.Contains(request.Name))));
        using var batches = new DuckBatches(session, path, schema, BatchRows);
        for (var read = 0L; batches.Next(read) is { } table; read += table.RowCount)
        {
            foreach (var column in table.Columns)
                gathered.Add(column);
        }
        foreach (var request in requests.Where(request => !gathered.facts.ContainsKey(request.Name)))
            gathered.Add(new NumericColumn(request.Name, []));
        return gathered;
    }

    /// <summary>A field that takes any value; text is read as levels, batch by batch.</summary>
    static Field FieldOf(ColumnRequest request, bool asText) =>
        new()
        {
            Name = request.Name,
            Kind = asText || request.Kind == FieldKind.Text ? FieldKind.Category : request.Kind,
            WhenMissing = ValueRule.Missing,
        };

    void Add(Column column)
    {
        var own = ColumnFacts.Of(column);
        if (column is CategoricalColumn category)
        {
            if (!levels.TryGetValue(column.Name, out var known))
                levels.Add(column.Name, known = new(StringComparer.Ordinal));
            // One more than are ever kept says that there are too many.
            foreach (var level in category.Levels.Levels.TakeWhile(_ => known.Count <= MostLevels))
                known.Add(level);
        }
        facts[column.Name] = facts.TryGetValue(column.Name, out var before) ? Joined(before, own) : own;
    }

    static ColumnFacts Joined(ColumnFacts one, ColumnFacts other) =>
        one with
        {
            Rows = one.Rows + other.Rows,
            Missing = one.Missing + other.Missing,
            AllWhole = one.AllWhole && other.AllWhole,
            Smallest = Math.Min(one.Smallest, other.Smallest),
            Largest = Math.Max(one.Largest, other.Largest),
            Levels = null,
        };

    static bool IsLongId(ColumnFacts column) =>
        column is { Kind: FieldKind.Number, AllWhole: true }
        && double.IsFinite(column.Largest - column.Smallest)
        && Math.Max(column.Largest, -column.Smallest) >= LargestExactWhole;

    ColumnFacts Final(string name)
    {
        var column = facts[name];
        if (!levels.TryGetValue(name, out var found))
            return column;
        if (found.Count > MostLevels || found.Count > Math.Max(FewLevels, (column.Rows - column.Missing) / 2))
            return column with { Kind = FieldKind.Text };
        string[] all = [.. found];
        return column with { Levels = new(LevelOrder.Sort(all).Select(position => all[position])) };
    }
}
