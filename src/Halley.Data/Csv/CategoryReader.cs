namespace Halley.Data;

/// <summary>Categories: levels are looked up as bytes, so that a text becomes a string once a file, not once a row.</summary>
sealed class CategoryReader : ColumnReader
{
    const int Missing = -1;
    const int Refused = -2;
    const int Forgotten = -3;

    readonly Utf8Index index;
    readonly MissingTexts missingTexts;
    readonly List<int[]> parts = [];

    // By number of the text in the index: its code, or Missing, Refused (unseen), Forgotten (unseen and made missing by rule).
    readonly List<int> codeOf = [];

    public CategoryReader(FieldCodec codec, int column, CsvOptions options, CsvProblems problems)
        : base(codec, column, problems)
    {
        missingTexts = new(options);
        // A copy: unseen texts are added to it.
        index = new(codec.Field.Levels?.Levels ?? []);
        codeOf.AddRange(Enumerable.Range(0, index.Count));
    }

    public override void Read(CsvBatch batch)
    {
        var codes = new int[batch.RowCount];
        for (var row = 0; row < codes.Length; row++)
        {
            var code = batch.TryGet(row, Position, out var text) ? CodeOf(text) : Missing;
            codes[row] = code >= 0 ? code : Unusual(batch, row, code);
        }
        parts.Add(codes);
    }

    public override Column Build()
    {
        var codes = Parts.Join(parts);
        var levels = Codec.Field.Levels ?? SortLevels(codes);
        return new CategoricalColumn(Codec.Field.Name, codes, levels);
    }

    int CodeOf(ReadOnlySpan<byte> text)
    {
        var number = index.Find(text);
        if (number >= 0)
            return codeOf[number];
        index.FindOrAdd(text);
        codeOf.Add(CodeOfNew(text));
        return codeOf[^1];
    }

    int CodeOfNew(ReadOnlySpan<byte> text)
    {
        if (missingTexts.Contains(text))
            return Missing;
        if (Codec.Field.Levels is null)
            return codeOf.Count;
        return Codec.Field.WhenUnseen.Action switch
        {
            ValueAction.Missing => Forgotten,
            ValueAction.Replace => (int)Codec.UnseenSlot,
            _ => Refused,
        };
    }

    int Unusual(CsvBatch batch, int row, int code)
    {
        if (code == Refused)
            Report(FieldProblemKind.UnknownLevel, batch, row);
        if (code != Missing || RefuseMissing(batch, row) || double.IsNaN(Codec.MissingSlot))
            return -1;
        return (int)Codec.MissingSlot;
    }

    /// <summary>Levels found in the file, in their natural order, so that they don't depend on the order of rows.</summary>
    LevelList SortLevels(int[] codes)
    {
        var found = Enumerable.Range(0, codeOf.Count).Where(number => codeOf[number] >= 0).ToArray();
        var order = LevelOrder.Sort([.. found.Select(number => index[number])]);
        var levels = new LevelList(order.Select(i => index[found[i]]));
        var newCode = new int[codeOf.Count];
        for (var position = 0; position < order.Length; position++)
            newCode[found[order[position]]] = position;
        for (var row = 0; row < codes.Length; row++)
            codes[row] = codes[row] < 0 ? -1 : newCode[codes[row]];
        return levels;
    }
}
