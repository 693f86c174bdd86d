namespace Halley.Data;

/// <summary>Checks one column against its field and turns it into the declared kind.</summary>
sealed class ColumnCheck(FieldCodec codec, ProblemList problems, long firstRow)
{
    Field Field => codec.Field;

    /// <summary>The checked column; where there are problems, some column of that name.</summary>
    public Column Apply(Column column) =>
        (Field.Kind, column) switch
        {
            (FieldKind.Number or FieldKind.Exposure, NumericColumn or ExposureColumn or BooleanColumn) => Numbers(column),
            (FieldKind.Category, CategoricalColumn category) => Levels(category),
            (FieldKind.Category, TextColumn or NumericColumn or BooleanColumn) => Levels(Categorise(column)),
            (FieldKind.Boolean, BooleanColumn or NumericColumn) => Booleans(column),
            (FieldKind.Date, DateColumn dates) => Dates(dates),
            (FieldKind.Text, _) => Texts(column),
            _ => WrongKind(column),
        };

    Column Numbers(Column column)
    {
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        var changed = false;
        for (var row = 0; row < values.Length; row++)
        {
            if (codec.CheckNumber(values[row]) == FieldProblemKind.None)
                continue;
            if (!column.IsMissing(row))
            {
                Report(codec.CheckNumber(values[row]), column, row);
                values[row] = double.NaN;
            }
            else if (!RefuseMissing(column, row))
            {
                values[row] = codec.MissingSlot;
                changed |= !double.IsNaN(values[row]);
            }
        }
        if (!changed && column.Kind == Field.Kind)
            return column;
        // With problems the table is never seen, and NaN would be refused as years at risk.
        return Field.Kind == FieldKind.Exposure && problems.Total == 0
            ? new ExposureColumn(Field.Name, values)
            : new NumericColumn(Field.Name, values);
    }

    CategoricalColumn Levels(CategoricalColumn column)
    {
        var levels = Field.Levels ?? column.Levels;
        var sameLevels = levels.SequenceEqual(column.Levels);
        if (sameLevels && column.Missing is null)
            return column;
        var map = column.Levels.MapTo(levels);
        var codes = new int[column.RowCount];
        for (var row = 0; row < codes.Length; row++)
        {
            var code = column.Codes[row];
            codes[row] =
                code < 0 ? MissingCode(column, row)
                : map[code] >= 0 ? map[code]
                : UnseenCode(column, row);
        }
        return sameLevels && double.IsNaN(codec.MissingSlot) ? column : new(Field.Name, codes, levels);
    }

    int MissingCode(Column column, int row) =>
        RefuseMissing(column, row) || double.IsNaN(codec.MissingSlot) ? -1 : (int)codec.MissingSlot;

    int UnseenCode(Column column, int row)
    {
        if (Field.WhenUnseen.Action == ValueAction.Reject)
            Report(FieldProblemKind.UnknownLevel, column, row);
        return double.IsNaN(codec.UnseenSlot) ? -1 : (int)codec.UnseenSlot;
    }

    static CategoricalColumn Categorise(Column column)
    {
        var codes = new int[column.RowCount];
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < codes.Length; row++)
        {
            var text = column.TextAt(row);
            if (text is null)
                codes[row] = -1;
            else if (!found.TryGetValue(text, out codes[row]))
                found.Add(text, codes[row] = found.Count);
        }
        string[] levels = [.. found.Keys];
        var order = LevelOrder.Sort(levels);
        var newCode = new int[levels.Length];
        for (var position = 0; position < order.Length; position++)
            newCode[order[position]] = position;
        for (var row = 0; row < codes.Length; row++)
            codes[row] = codes[row] < 0 ? -1 : newCode[codes[row]];
        return new(column.Name, codes, new(order.Select(i => levels[i])));
    }

    Column Booleans(Column column)
    {
        var slots = new double[column.RowCount];
        column.CopySlots(0, slots);
        var values = new sbyte[slots.Length];
        for (var row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(slots[row]))
                values[row] = (sbyte)MissingCode(column, row);
            else if (slots[row] is 0 or 1)
                values[row] = (sbyte)slots[row];
            else
                Report(FieldProblemKind.BadBoolean, column, row);
        }
        return new BooleanColumn(Field.Name, values);
    }

    DateColumn Dates(DateColumn column)
    {
        var days = column.DayNumbers.ToArray();
        for (var row = 0; row < days.Length; row++)
        {
            if (days[row] < 0)
                days[row] = MissingCode(column, row);
            else if (codec.CheckDate(days[row]) is var problem and not FieldProblemKind.None)
                Report(problem, column, row);
        }
        return new(Field.Name, days);
    }

    Column Texts(Column column)
    {
        if (column is TextColumn && column.Missing is null)
            return column;
        var texts = new string?[column.RowCount];
        for (var row = 0; row < texts.Length; row++)
            texts[row] = column.TextAt(row) ?? (RefuseMissing(column, row) ? null : Field.WhenMissing.Value);
        return new TextColumn(Field.Name, texts);
    }

    Column WrongKind(Column column)
    {
        problems.Add(
            "HLY1128",
            Field.Name,
            0,
            () =>
                $"column '{Field.Name}' is of kind {JsonNames.Of(column.Kind)} where the schema has {JsonNames.Of(Field.Kind)}. "
                + "Change the kind in the schema, or convert the column where it is made."
        );
        return column;
    }

    bool RefuseMissing(Column column, int row)
    {
        if (codec.RefusesMissing)
            Report(FieldProblemKind.Missing, column, row);
        return codec.RefusesMissing;
    }

    void Report(FieldProblemKind kind, Column column, int row) =>
        problems.AddValue(kind, Field, column.TextAt(row), firstRow + row + 1, $"row {firstRow + row + 1}");
}
