using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>A CSV file as DuckDB is told to read it: nothing is guessed by DuckDB, nothing is skipped or padded.</summary>
sealed class CsvFile(string path)
{
    /// <summary>Rows looked at to infer kinds; a later row that refutes a kind makes its column text.</summary>
    const int SampleRows = 20_000;

    readonly CsvHeader header = CsvHeader.Read(path);

    public IReadOnlyList<string> Names => header.Names;

    /// <summary>The table function, with the type that each column is read as.</summary>
    public string Source(Func<string, string> sqlTypeOf)
    {
        var columns = header.Names.Select(name => $"{Sql.Text(name)}: '{sqlTypeOf(name)}'");
        return $"read_csv({Sql.File(path)}, auto_detect = false, header = true, delim = {Sql.Text(header.Separator.ToString())}, "
            + "quote = '\"', escape = '\"', strict_mode = true, null_padding = false, allow_quoted_nulls = false, "
            + $"columns = {{{string.Join(", ", columns)}}})";
    }

    /// <summary>Infers the kinds from the first rows.</summary>
    /// <exception cref="HalleyException">HLY1503: the file has no rows.</exception>
    public ColumnRequest[] Guess(DuckSession session)
    {
        var guesses = Names.Select(_ => new KindGuess()).ToArray();
        var rowCount = 0;
        using var sample = session.Stream($"SELECT * FROM {Source(_ => "VARCHAR")} LIMIT {SampleRows}");
        for (; sample.Next(); rowCount += sample.RowCount)
        {
            for (var column = 0; column < guesses.Length; column++)
                Observe(guesses[column], sample.Column(column));
        }
        if (rowCount == 0)
            throw SourceErrors.NoRows(path);
        return [.. Names.Select((name, column) => new ColumnRequest(name, guesses[column].Kind, Guessed: true))];
    }

    static void Observe(KindGuess guess, DuckVector vector)
    {
        var texts = new TextBuilder("sample");
        texts.Append(vector);
        foreach (var text in ((TextColumn)texts.Build()).Values)
        {
            if (text is not null)
                guess.Observe(text);
        }
    }
}
