namespace Halley.Boosting;

/// <summary>Numbers by combinations of levels as bytes.</summary>
/// <remarks>
/// <code>
/// categories: count i32; each: source i32, levels i32
/// unknown:    f64
/// keys:       count i32; each: key u64, value f64
/// </code>
/// </remarks>
static class KeyedColumnFormat
{
    internal static void Write(KeyedColumn keyed, LittleEndianWriter writer)
    {
        writer.Write(keyed.Inputs.Length);
        for (var i = 0; i < keyed.Inputs.Length; i++)
        {
            writer.Write(keyed.Inputs[i]);
            writer.Write(keyed.LevelCounts[i]);
        }
        writer.Write(keyed.WhenUnknown);
        writer.Write(keyed.Keys.Length);
        for (var place = 0; place < keyed.Keys.Length; place++)
        {
            writer.Write(keyed.Keys[place]);
            writer.Write(keyed.Values[place]);
        }
    }

    /// <param name="columnsBefore">Columns that it may read.</param>
    internal static KeyedColumn Read(ref LittleEndianReader reader, int columnsBefore)
    {
        var inputs = new int[reader.ReadCount(8, "categories of a column")];
        var (counts, combinations) = (new int[inputs.Length], UInt128.One);
        for (var i = 0; i < inputs.Length; i++)
        {
            var at = reader.Position;
            (inputs[i], counts[i]) = (reader.ReadInt32("category of a column"), reader.ReadInt32("levels of a category"));
            if ((uint)inputs[i] >= (uint)columnsBefore || counts[i] < 0)
                EnsembleErrors.ThrowAt(
                    at,
                    $"a column reads {counts[i]} levels of column {inputs[i]} of the {columnsBefore} before it."
                );
            combinations *= (ulong)counts[i] + 1;
            if (combinations > ulong.MaxValue)
                EnsembleErrors.ThrowAt(at, $"the levels of a column have more combinations than keys.");
        }
        var unknown = reader.ReadDouble("value of unknown keys");
        var start = reader.Position;
        var (keys, values) = (new ulong[reader.ReadCount(16, "keys of a column")], Array.Empty<double>());
        values = new double[keys.Length];
        for (var place = 0; place < keys.Length; place++)
        {
            (keys[place], values[place]) = (reader.ReadUInt64("key of a column"), reader.ReadDouble("value of a key"));
            if (place > 0 && keys[place] <= keys[place - 1])
                EnsembleErrors.ThrowAt(start, $"the keys of a column do not rise at {place}.");
        }
        return new(inputs, counts, keys, values, unknown);
    }
}
