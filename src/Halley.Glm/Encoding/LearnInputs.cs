using Halley.Data;

namespace Halley.Glm;

/// <summary>The columns that terms read from the learn rows, as the inputs of the scorer to come.</summary>
/// <remarks>A category keeps the levels that have rows: what the model never saw is for the caller's rule on unseen levels.</remarks>
/// <param name="originals">Where rows were left out: each row's place in the caller's table; else null.</param>
sealed class LearnInputs(Table rows, int[]? originals = null)
{
    readonly List<ScorerInput> inputs = [];
    readonly List<Column> columns = [];
    readonly List<int[]?> recodes = [];
    readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    internal int RowCount => rows.RowCount;

    internal IReadOnlyList<ScorerInput> Inputs => inputs;

    /// <summary>Index of the input that reads a column; the same for every term that names it.</summary>
    /// <exception cref="HalleyException">HLY1001 no such column, HLY2105 no values, HLY2106 not of a kind that a model can read.</exception>
    internal int Of(string columnName, string termName)
    {
        if (positions.TryGetValue(columnName, out var known))
            return known;
        var column = rows[columnName];
        if (column.Kind is FieldKind.Text or FieldKind.Exposure)
            GlmErrors.ThrowKind(termName, column);
        if (column.MissingCount == column.RowCount)
            GlmErrors.ThrowAllMissing(termName, column.Name);
        var (levels, recode) = column is CategoricalColumn category ? UsedLevels(category) : (null, null);
        positions.Add(columnName, inputs.Count);
        inputs.Add(new(columnName, column.Kind, levels));
        columns.Add(column);
        recodes.Add(recode);
        return inputs.Count - 1;
    }

    /// <summary>The row's place in the caller's table.</summary>
    internal int OriginalRow(int row) => originals is null ? row : originals[row];

    internal Column Column(int input) => columns[input];

    /// <summary>slots[i] = value of row start + i as the scorer reads it; shape (n).</summary>
    internal void Read(int input, int start, Span<double> slots)
    {
        columns[input].CopySlots(start, slots);
        if (recodes[input] is not { } recode)
            return;
        foreach (ref var slot in slots)
            slot = double.IsNaN(slot) ? double.NaN : recode[(int)slot];
    }

    /// <summary>All values of an input, shape (n).</summary>
    internal double[] ReadAll(int input)
    {
        var slots = new double[RowCount];
        Read(input, 0, slots);
        return slots;
    }

    static (LevelList? Levels, int[]? Recode) UsedLevels(CategoricalColumn column)
    {
        var used = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                used[code] = true;
        }
        var recode = new int[used.Length];
        var next = 0;
        for (var code = 0; code < used.Length; code++)
            recode[code] = used[code] ? next++ : -1;
        return next == used.Length ? (column.Levels, null) : (new(column.Levels.Levels.Where((_, code) => used[code])), recode);
    }
}
