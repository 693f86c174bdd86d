namespace Halley.Boosting;

/// <summary>Target statistics as bytes.</summary>
/// <remarks>
/// <code>
/// categories: count i32; each: source i32, missing hash i32, hashes (count i32; each i32)
/// numbers:    count i32; each: source i32, cut f64, when missing u8
/// levels:     count i32; each: source i32, hash i32
/// others:     count i32; each: source i32, missing hash i32, hashes
/// rule:       kind u8, border i32, prior, its denominator, shift, scale f64
/// table:      stride i32, denominator i32, keys (count i32; each u64), values f64 a key and stride
/// </code>
/// </remarks>
static class CtrColumnFormat
{
    internal static void Write(CtrColumn column, LittleEndianWriter writer)
    {
        writer.Write(column.Categories.Length);
        for (var i = 0; i < column.Categories.Length; i++)
            Write(column.Categories[i], column.MissingHashes[i], column.Hashes[i], writer);
        writer.Write(column.Numbers.Length);
        foreach (var number in column.Numbers)
        {
            writer.Write(number.Source);
            writer.Write(number.Cut);
            writer.Write((byte)(number.WhenMissing ? 1 : 0));
        }
        writer.Write(column.Levels.Length);
        foreach (var level in column.Levels)
        {
            writer.Write(level.Source);
            writer.Write(level.Hash);
        }
        writer.Write(column.Others.Count);
        foreach (var (source, (hashes, missing)) in column.Others.OrderBy(other => other.Key))
            Write(source, missing, hashes, writer);
        var rule = column.Rule;
        writer.Write((byte)rule.Kind);
        writer.Write(rule.Border);
        foreach (var value in (ReadOnlySpan<float>)[rule.Prior, rule.PriorDenominator, rule.Shift, rule.Scale])
            writer.Write((double)value);
        writer.Write(column.Table.Stride);
        writer.Write(column.Table.Denominator);
        writer.Write(column.Table.Keys.Length);
        foreach (var key in column.Table.Keys)
            writer.Write(key);
        foreach (var value in column.Table.Values)
            writer.Write(value);
    }

    static void Write(int source, int missing, int[] hashes, LittleEndianWriter writer)
    {
        writer.Write(source);
        writer.Write(missing);
        writer.Write(hashes.Length);
        foreach (var hash in hashes)
            writer.Write(hash);
    }

    /// <param name="columnsBefore">Columns that it may read.</param>
    internal static CtrColumn Read(ref LittleEndianReader reader, int columnsBefore)
    {
        var categories = ReadHashes(ref reader, columnsBefore);
        var numbers = new CtrNumber[reader.ReadCount(13, "number conditions")];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = new(
                ReadSource(ref reader, columnsBefore),
                reader.ReadDouble("cut of a condition"),
                GeneralTreesReader.ReadFlag(ref reader, "condition of missing")
            );
        var levels = new CtrLevel[reader.ReadCount(8, "level conditions")];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = new(ReadSource(ref reader, columnsBefore), reader.ReadInt32("hash"));
        var others = new Dictionary<int, (int[], int)>();
        foreach (var (source, missing, hashes) in ReadHashes(ref reader, columnsBefore))
            others[source] = (hashes, missing);
        foreach (var level in levels)
        {
            if (!others.ContainsKey(level.Source) && !Array.Exists(categories, category => category.Source == level.Source))
                EnsembleErrors.ThrowAt(reader.Position, $"a condition reads column {level.Source}, whose hashes are not there.");
        }
        var rule = ReadRule(ref reader);
        return new(
            [.. categories.Select(category => category.Source)],
            [.. categories.Select(category => category.Hashes)],
            [.. categories.Select(category => category.Missing)],
            numbers,
            levels,
            ReadTable(ref reader, rule),
            rule
        )
        {
            Others = others,
        };
    }

    static int ReadSource(ref LittleEndianReader reader, int columnsBefore)
    {
        var at = reader.Position;
        var source = reader.ReadInt32("source of a statistic");
        if ((uint)source >= (uint)columnsBefore)
            EnsembleErrors.ThrowAt(at, $"a statistic reads column {source} of the {columnsBefore} before it.");
        return source;
    }

    static (int Source, int Missing, int[] Hashes)[] ReadHashes(ref LittleEndianReader reader, int columnsBefore)
    {
        var read = new (int, int, int[])[reader.ReadCount(12, "categories of a statistic")];
        for (var i = 0; i < read.Length; i++)
        {
            var (source, missing) = (ReadSource(ref reader, columnsBefore), reader.ReadInt32("hash of missing"));
            var hashes = new int[reader.ReadCount(4, "hashes of levels")];
            for (var level = 0; level < hashes.Length; level++)
                hashes[level] = reader.ReadInt32("hash of a level");
            read[i] = (source, missing, hashes);
        }
        return read;
    }

    static CtrRule ReadRule(ref LittleEndianReader reader)
    {
        var at = reader.Position;
        var (kind, border) = ((CtrKind)reader.ReadByte("kind of a statistic"), reader.ReadInt32("border of a statistic"));
        if (!Enum.IsDefined(kind))
            EnsembleErrors.ThrowAt(at, $"a statistic is of kind {(int)kind}, which is not known.");
        return new(
            kind,
            border,
            (float)reader.ReadDouble("prior"),
            (float)reader.ReadDouble("denominator of the prior"),
            (float)reader.ReadDouble("shift"),
            (float)reader.ReadDouble("scale")
        );
    }

    static CtrTable ReadTable(ref LittleEndianReader reader, CtrRule rule)
    {
        var at = reader.Position;
        var (stride, denominator) = (reader.ReadInt32("stride"), reader.ReadInt32("denominator"));
        if (stride is < 1 or > 1 << 16 || (rule.Kind == CtrKind.Mean && stride != 2))
            EnsembleErrors.ThrowAt(at, $"a statistic has {stride} numbers a key.");
        var keys = new ulong[reader.ReadCount(8 + 8 * stride, "keys")];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = reader.ReadUInt64("key");
            if (i > 0 && keys[i] <= keys[i - 1])
                EnsembleErrors.ThrowAt(reader.Position - 8, $"the keys of a statistic do not rise.");
        }
        var values = new double[keys.Length * stride];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.ReadDouble("count of a statistic");
        return new(keys, values, stride, denominator);
    }
}
