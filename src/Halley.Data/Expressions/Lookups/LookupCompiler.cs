using System.Diagnostics.CodeAnalysis;

namespace Halley.Data.Expressions;

/// <summary>Checks a lookup table against the types of its keys and builds its index.</summary>
sealed class LookupCompiler(LookupTable table, IReadOnlyList<SlotType> keyTypes, Func<string, HalleyException> error)
{
    readonly SortedDictionary<long, (double Value, int Row)> cells = [];
    LevelList? levels;

    /// <param name="type">Type of the values.</param>
    public LookupIndex Compile(out SlotType type)
    {
        CheckShape();
        levels = table.ValueKind == FieldKind.Category ? LevelsOfValues() : null;
        type = levels is null ? SlotType.Number : SlotType.Category(levels);
        var bounds = ReadKeys();
        var axes = new KeyAxis[table.Keys.Count];
        for (var key = 0; key < axes.Length; key++)
            axes[key] = KeyAxis.Of(bounds.Select(row => row[key]), table.Keys[key].IsRange);
        CheckSize(axes);
        for (var row = 0; row < table.Rows.Count; row++)
            Place(row, bounds[row], axes, 0, 0, ReadValue(table.Rows[row].Value, $"row {row + 1}"));
        if (table.Default is null)
            CheckEveryLevelIsMentioned();
        var fallback = table.Default is null ? double.NaN : ReadValue(table.Default, "the default");
        return new(axes, [.. cells.Keys], [.. cells.Values.Select(cell => cell.Value)], fallback);
    }

    void CheckShape()
    {
        if (table.Keys.Count == 0 || table.Rows.Count == 0)
            Refuse("it has no keys or no rows.");
        if (keyTypes.Count != table.Keys.Count)
            Refuse(
                $"it has {Count(table.Keys.Count, "key")} ({string.Join(", ", table.Keys.Select(key => key.Name))}) and {keyTypes.Count} are given."
            );
        if (table.ValueKind is not (FieldKind.Number or FieldKind.Category))
            Refuse(
                $"its values are of kind {table.ValueKind.ToString().ToLowerInvariant()}; they must be numbers or categories."
            );
        for (var key = 0; key < keyTypes.Count; key++)
        {
            if (table.Keys[key].IsRange && keyTypes[key].Kind is FieldKind.Category or FieldKind.Boolean)
                Refuse($"key '{table.Keys[key].Name}' holds ranges, and a {keyTypes[key]} has none.");
        }
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (table.Rows[row].Keys.Count != table.Keys.Count)
                Refuse($"row {row + 1} has {Count(table.Rows[row].Keys.Count, "key")} where the table has {table.Keys.Count}.");
        }
    }

    static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";

    LevelList LevelsOfValues()
    {
        var values = table.Rows.Select(row => row.Value);
        return new((table.Default is null ? values : values.Append(table.Default)).Distinct(StringComparer.Ordinal));
    }

    (double Lower, double Upper)[][] ReadKeys()
    {
        var bounds = new (double, double)[table.Rows.Count][];
        for (var row = 0; row < bounds.Length; row++)
        {
            bounds[row] = new (double, double)[table.Keys.Count];
            for (var key = 0; key < table.Keys.Count; key++)
                bounds[row][key] = ReadKey(row, key);
        }
        return bounds;
    }

    (double, double) ReadKey(int row, int key)
    {
        var (cell, isRange, type) = (table.Rows[row].Keys[key], table.Keys[key].IsRange, keyTypes[key]);
        if (KeyCell.Read(cell, isRange, type) is { } read)
            return read;
        var near = type.Kind == FieldKind.Category ? NearestText.Sentence(cell!, type.Levels!.Levels) : "";
        Refuse($"row {row + 1}, key '{table.Keys[key].Name}': '{cell}' is not {KeyCell.Expected(isRange, type)}.{near}");
        return default;
    }

    double ReadValue(string value, string place)
    {
        if (levels is not null)
            return levels.CodeOf(value);
        if (KeyAxis.ParseNumber(value) is { } number)
            return number;
        Refuse($"{place}: the value '{value}' is not a number.");
        return 0;
    }

    void CheckSize(KeyAxis[] axes)
    {
        // The cell number must fit 63 bits, and ranges must not multiply into a table that fills the memory.
        var product = 1.0;
        foreach (var axis in axes)
            product *= axis.Length;
        if (product > 9e18)
            Refuse("its keys have too many values together. Split it into tables of fewer keys.");
    }

    void Place(int row, (double, double)[] bounds, KeyAxis[] axes, int axis, long cell, double value)
    {
        if (axis == axes.Length)
        {
            if (cells.Count >= LookupIndex.MaximumCells)
                Refuse(
                    $"its ranges cut each other into more than {LookupIndex.MaximumCells:N0} cells. Use the same ranges in all rows."
                );
            if (!cells.TryAdd(cell, (value, row)))
                Refuse($"rows {cells[cell].Row + 1} and {row + 1} match the same keys. At most one row may match.");
            return;
        }
        var (start, end) = axes[axis].Cover(bounds[axis]);
        for (var position = start; position < end; position++)
            Place(row, bounds, axes, axis + 1, cell * axes[axis].Length + position, value);
    }

    void CheckEveryLevelIsMentioned()
    {
        for (var key = 0; key < keyTypes.Count; key++)
        {
            if (keyTypes[key].Levels is not { } known)
                continue;
            var mentioned = table.Rows.Select(row => row.Keys[key]).ToHashSet();
            var absent = known.Levels.Where(level => !mentioned.Contains(level)).ToArray();
            if (absent.Length > 0)
                Refuse(
                    $"no row has the level{(absent.Length == 1 ? "" : "s")} {string.Join(", ", absent.Take(5).Select(level => $"'{level}'"))}"
                        + $"{(absent.Length > 5 ? $" and {absent.Length - 5} more" : "")} of key '{table.Keys[key].Name}'. Add rows, or give the table a default."
                );
        }
    }

    [DoesNotReturn]
    void Refuse(string problem) => throw error($"table '{table.Name}': {problem}");
}
