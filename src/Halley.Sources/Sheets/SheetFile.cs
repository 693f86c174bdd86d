using Halley.Sources.Sheets;

namespace Halley.Sources;

/// <summary>Reads and writes sheets of text cells: an XLSX workbook, a CSV file as one sheet, or a folder of CSV files.</summary>
public static class SheetFile
{
    const string CsvExtension = ".csv";

    /// <summary>Whether the path is that of a workbook.</summary>
    public static bool IsWorkbook(string path) => path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file, or every CSV file of a folder in the order of their names.</summary>
    /// <param name="csv">How CSV files are written down.</param>
    /// <exception cref="HalleyException">HLY1501: there is no such file; HLY1514: no workbook that can be read; HLY11xx: bad CSV.</exception>
    public static IReadOnlyList<Sheet> Read(string path, CsvOptions csv, CancellationToken cancellation = default)
    {
        if (Directory.Exists(path))
            return
            [
                .. Directory
                    .GetFiles(path, "*" + CsvExtension)
                    .Order(StringComparer.Ordinal)
                    .Select(file => ReadCsv(file, csv, cancellation)),
            ];
        if (!File.Exists(path))
            throw Reading.SourceErrors.Missing(path);
        return IsWorkbook(path) ? WorkbookReader.Read(path) : [ReadCsv(path, csv, cancellation)];
    }

    /// <summary>Writes a workbook, one sheet to a CSV file, or several to a folder of CSV files. Each file appears once it is whole.</summary>
    /// <exception cref="HalleyException">HLY1127, HLY1515: a file can't be written; HLY1516: a workbook can't have these names.</exception>
    public static void Write(IReadOnlyList<Sheet> sheets, string path, CsvOptions csv, CancellationToken cancellation = default)
    {
        if (IsWorkbook(path))
        {
            WorkbookWriter.Write(sheets, path);
            return;
        }
        if (sheets.Count == 1)
        {
            CsvWriter.Write(ToTable(sheets[0]), path, csv, cancellation: cancellation);
            return;
        }
        TableWriter.MakeFolder(path);
        foreach (var sheet in sheets)
            CsvWriter.Write(ToTable(sheet), Path.Combine(path, FileName(sheet.Name)), csv, cancellation: cancellation);
    }

    static string FileName(string sheet) =>
        string.Concat(
            sheet.Select(letter => Path.GetInvalidFileNameChars().Contains(letter) || letter is ':' or '\\' ? '-' : letter)
        ) + CsvExtension;

    static Sheet ReadCsv(string path, CsvOptions csv, CancellationToken cancellation)
    {
        var names = CsvReader.Infer(path, csv, cancellation: cancellation).Schema.Fields.Select(field => field.Name).ToList();
        var schema = new Schema(
            names.Select(name => new Field
            {
                Name = name,
                Kind = FieldKind.Text,
                WhenMissing = ValueRule.Missing,
            })
        );
        var table = CsvReader.Read(path, schema, csv, cancellation: cancellation);
        var rows = new List<IReadOnlyList<SheetCell>> { names.ConvertAll(name => new SheetCell(name)) };
        for (var row = 0; row < table.RowCount; row++)
            rows.Add([.. table.Columns.Select(column => new SheetCell(column.TextAt(row) ?? ""))]);
        return new(Path.GetFileNameWithoutExtension(path), rows);
    }

    static Table ToTable(Sheet sheet) =>
        new(
            sheet
                .Rows[0]
                .Select(
                    (header, column) =>
                        new TextColumn(
                            header.Text,
                            [
                                .. Enumerable
                                    .Range(1, sheet.Rows.Count - 1)
                                    .Select(row => sheet.At(row, column) is { Length: > 0 } text ? text : null),
                            ]
                        )
                )
        );
}
