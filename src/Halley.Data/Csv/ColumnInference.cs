namespace Halley.Data;

/// <summary>What the values of one CSV column can be, gathered over the whole file.</summary>
sealed class ColumnInference(string name, int column, CsvOptions options)
{
    /// <summary>More distinct texts than this are free text, not levels.</summary>
    public const int MostLevels = 5000;

    readonly byte decimalMark = (byte)options.DecimalMark;
    readonly MissingTexts missingTexts = new(options);
    readonly Utf8Index texts = new();

    public string Name => name;

    public long Rows { get; private set; }

    public long Missing { get; private set; }

    /// <summary>Whether a value was empty text in quotes, which only categories and texts can hold.</summary>
    public bool HasEmptyText { get; private set; }

    public bool AllNumbers { get; private set; } = true;

    public bool AllWhole { get; private set; } = true;

    public bool AllDates { get; private set; } = true;

    public double Smallest { get; private set; } = double.PositiveInfinity;

    public double Largest { get; private set; } = double.NegativeInfinity;

    /// <summary>Distinct texts of a column that is not all numbers, at most <see cref="MostLevels"/> + 1.</summary>
    public int DistinctTexts => texts.Count;

    public IEnumerable<string> Texts => Enumerable.Range(0, texts.Count).Select(number => texts[number]);

    public void Look(CsvBatch batch)
    {
        Rows += batch.RowCount;
        for (var row = 0; row < batch.RowCount; row++)
        {
            if (!batch.TryGet(row, column, out var text) || missingTexts.Contains(text))
                Missing++;
            else if (text.IsEmpty)
                HasEmptyText = true;
            else
                Look(text);
        }
    }

    void Look(ReadOnlySpan<byte> text)
    {
        if (AllNumbers)
            LookAsNumber(text);
        if (AllDates)
            AllDates = IsoDate.TryParse(text, out _);
        // A file may be numbers for a million rows and then not: the texts are kept from the start.
        if (texts.Count <= MostLevels)
            texts.FindOrAdd(text);
    }

    void LookAsNumber(ReadOnlySpan<byte> text)
    {
        // 01234 is a code: as a number it would lose its zero.
        var isCode = text.Length > 1 && text[0] == '0' && text[1] != decimalMark && text[1] != 'e' && text[1] != 'E';
        if (isCode || !Utf8Number.TryParse(text, decimalMark, out var value) || !double.IsFinite(value))
        {
            AllNumbers = false;
            return;
        }
        Smallest = Math.Min(Smallest, value);
        Largest = Math.Max(Largest, value);
        AllWhole &= value == Math.Floor(value);
    }

    /// <summary>What the values have shown so far.</summary>
    public ColumnFacts Facts()
    {
        var kind = Kind();
        return new(Name, kind, Rows, Missing, AllWhole, Smallest, Largest, kind == FieldKind.Category ? Levels() : null);
    }

    FieldKind Kind()
    {
        if (DistinctTexts == 0)
            return FieldKind.Text;
        if (AllNumbers && !HasEmptyText)
            return FieldKind.Number;
        if (AllDates && !HasEmptyText)
            return FieldKind.Date;
        if (!HasEmptyText && Texts.All(text => text is "true" or "false" or "True" or "False" or "TRUE" or "FALSE"))
            return FieldKind.Boolean;
        var present = Rows - Missing;
        // A level a row, or nearly, says nothing about other rows. Small files are given the benefit of the doubt.
        var isText = DistinctTexts > MostLevels || DistinctTexts > Math.Max(50, present / 2);
        return isText ? FieldKind.Text : FieldKind.Category;
    }

    LevelList Levels()
    {
        string[] levels = [.. HasEmptyText ? Texts.Append("") : Texts];
        return new(LevelOrder.Sort(levels).Select(position => levels[position]));
    }
}
