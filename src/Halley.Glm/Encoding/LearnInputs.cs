using Halley.Data;

namespace Halley.Glm;

/// <summary>The columns that terms read from the learn rows, as the inputs of the scorer to come.</summary>
/// <remarks>A category keeps the levels that have rows: what the model never saw is for the caller's rule on unseen levels.</remarks>
sealed partial class LearnInputs(LearnColumns rows, int threads)
{
    readonly List<ScorerInput> inputs = [];
    readonly List<Column> heads = [];
    readonly List<int[]?> recodes = [];
    readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    /// <summary>The rows of a table.</summary>
    internal LearnInputs(LearnRows rows)
        : this(new TableColumns(rows.Table, rows.Size, rows.RowOfData), rows.Problem.Threads) => sizes = rows.Size;

    internal int RowCount => rows.RowCount;

    internal IReadOnlyList<ScorerInput> Inputs => inputs;

    /// <summary>Index of the input that reads a column; the same for every term that names it.</summary>
    /// <exception cref="HalleyException">HLY1001 no such column, HLY2105 no values, HLY2106 not of a kind that a model can read.</exception>
    internal int Of(string columnName, string termName)
    {
        if (positions.TryGetValue(columnName, out var known))
            return known;
        var head = rows.Head(columnName);
        if (head.Kind is FieldKind.Text or FieldKind.Exposure)
            GlmErrors.ThrowKind(termName, head);
        if (rows.MissingIn(columnName) == rows.RowCount)
            GlmErrors.ThrowAllMissing(termName, columnName);
        var (levels, recode) = head is CategoricalColumn category ? UsedLevels(category) : (null, null);
        positions.Add(columnName, inputs.Count);
        inputs.Add(new(columnName, head.Kind, levels));
        heads.Add(head);
        recodes.Add(recode);
        return inputs.Count - 1;
    }

    /// <summary>The same inputs on other rows of the same columns, for example a part of them.</summary>
    internal LearnInputs On(LearnColumns others)
    {
        var moved = new LearnInputs(others, threads) { Whole = Whole ?? this };
        moved.inputs.AddRange(inputs);
        moved.heads.AddRange(heads);
        moved.recodes.AddRange(recodes);
        foreach (var (column, position) in positions)
            moved.positions.Add(column, position);
        return moved;
    }

    /// <summary>The row's place in the caller's table.</summary>
    internal int OriginalRow(int row) => rows.OriginalRow(row);

    /// <summary>Name, kind and levels of an input's column; its rows may be elsewhere.</summary>
    internal Column Head(int input) => heads[input];

    /// <summary>Rows without a value.</summary>
    internal int MissingIn(int input) => rows.MissingIn(inputs[input].Name);

    /// <summary>First row without a value; −1 where all have one.</summary>
    internal int FirstMissingIn(int input) => rows.FirstMissingIn(inputs[input].Name);

    /// <summary>The distinct values of an input.</summary>
    internal ValueCounts Counts(int input) => Index(input)?.Counted ?? rows.Counts(inputs[input].Name);

    /// <summary>Whether all rows have one value.</summary>
    internal bool IsConstant(int input)
    {
        if (Index(input) is { } index)
            return index.Values.Length + (index.HasMissing ? 1 : 0) == 1;
        var (first, others) = (double.NaN, false);
        ForEach(
            input,
            (start, slots, _) =>
            {
                first = start == 0 ? slots[0] : first;
                foreach (var slot in slots)
                    others |= !slot.Equals(first);
            }
        );
        return !others;
    }

    /// <summary>slots[i] = value of row start + i as the scorer reads it; shape (n).</summary>
    internal void Read(int input, int start, Span<double> slots)
    {
        rows.Read(inputs[input].Name, start, slots);
        Recode(input, slots);
    }

    /// <summary>An input's values on all rows in memory, or on a chunk of those that are not. Shape (n).</summary>
    internal double[] SlotsOf(int input, GlmProblem part, ChunkedRows? chunks)
    {
        if (chunks is null)
        {
            var all = new double[part.RowCount];
            Read(input, 0, all);
            return all;
        }
        var slots = chunks.Column(part, inputs[input].Name);
        Recode(input, slots);
        return slots;
    }

    /// <summary>Shows all rows as the scorer reads them, run after run.</summary>
    internal void ForEach(int input, SlotVisitor visit) =>
        rows.ForEach(
            inputs[input].Name,
            (start, slots, sizes) =>
            {
                Recode(input, slots);
                visit(start, slots, sizes);
            }
        );

    /// <summary>Shows several inputs of all rows at once as the scorer reads them, run after run.</summary>
    internal void ForEach(int[] several, Action<double[][], int> visit) =>
        rows.ForEach(
            [.. several.Select(input => inputs[input].Name)],
            (slots, n) =>
            {
                for (var column = 0; column < several.Length; column++)
                    Recode(several[column], slots[column].AsSpan(0, n));
                visit(slots, n);
            }
        );

    void Recode(int input, Span<double> slots)
    {
        if (recodes[input] is not { } recode)
            return;
        foreach (ref var slot in slots)
            slot = double.IsNaN(slot) ? double.NaN : recode[(int)slot];
    }

    (LevelList? Levels, int[]? Recode) UsedLevels(CategoricalColumn column)
    {
        var used = rows.UsedCodes(column.Name);
        var recode = new int[used.Length];
        var next = 0;
        for (var code = 0; code < used.Length; code++)
            recode[code] = used[code] ? next++ : -1;
        return next == used.Length ? (column.Levels, null) : (new(column.Levels.Levels.Where((_, code) => used[code])), recode);
    }
}
