using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Halley.Sources.Sheets;

/// <summary>Reads the sheets of an XLSX workbook as texts; formulas count by the value that was saved with them.</summary>
static class WorkbookReader
{
    /// <summary>Bounds what a small file can unfold to.</summary>
    const long MostCharacters = 200_000_000;
    const int MostColumns = 2000;
    const int MostRows = 1 << 20;

    static readonly IReadOnlyList<SheetCell> Empty = [];

    /// <exception cref="HalleyException">HLY1514: the file is no workbook that can be read.</exception>
    public static IReadOnlyList<Halley.Data.Sheet> Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var document = SpreadsheetDocument.Open(
                stream,
                isEditable: false,
                new OpenSettings { MaxCharactersInPart = MostCharacters }
            );
            var workbook = document.WorkbookPart ?? throw Refuse(path, "it has no workbook");
            var texts = Texts(workbook);
            var sheets = workbook.Workbook?.Sheets?.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>() ?? [];
            return [.. sheets.Select(sheet => SheetOf(path, workbook, sheet, texts))];
        }
        catch (Exception fault)
            when (fault
                    is OpenXmlPackageException
                        or InvalidDataException
                        or XmlException
                        or FormatException
                        or IOException
                        or ArgumentException
                        or InvalidOperationException
                        or UnauthorizedAccessException
            )
        {
            throw Refuse(path, fault.Message.TrimEnd('.'), fault);
        }
    }

    static string[] Texts(WorkbookPart workbook) =>
        [.. workbook.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>().Select(TextOf) ?? []];

    /// <summary>Plain and formatted runs; phonetic hints are no part of the text.</summary>
    static string TextOf(SharedStringItem item) =>
        item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text));

    static Halley.Data.Sheet SheetOf(
        string path,
        WorkbookPart workbook,
        DocumentFormat.OpenXml.Spreadsheet.Sheet sheet,
        string[] texts
    )
    {
        var rows = new List<IReadOnlyList<SheetCell>>();
        var name = sheet.Name?.Value ?? "";
        if (sheet.Id?.Value is not { } id || workbook.GetPartById(id) is not WorksheetPart { Worksheet: { } worksheet })
            return new(name, rows);
        foreach (var row in worksheet.Descendants<Row>())
        {
            var at = (int)(row.RowIndex?.Value ?? (uint)(rows.Count + 1));
            if (at <= rows.Count || at > MostRows)
                throw Refuse(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"sheet '{name}' has row {at} after row {rows.Count}")
                );
            while (rows.Count < at - 1)
                rows.Add(Empty);
            rows.Add(CellsOf(path, name, row, texts));
        }
        while (rows.Count > 0 && rows[^1].All(cell => cell.Text.Length == 0))
            rows.RemoveAt(rows.Count - 1);
        return new(name, rows);
    }

    static List<SheetCell> CellsOf(string path, string sheet, Row row, string[] texts)
    {
        var cells = new List<SheetCell>();
        foreach (var cell in row.Elements<Cell>())
        {
            var at = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : cells.Count;
            if (at < cells.Count || at >= MostColumns)
                throw Refuse(
                    path,
                    $"sheet '{sheet}': cell '{cell.CellReference?.Value}' is out of its place or beyond column {MostColumns}"
                );
            while (cells.Count < at)
                cells.Add(new(""));
            cells.Add(Read(cell, texts));
        }
        while (cells.Count > 0 && cells[^1].Text.Length == 0)
            cells.RemoveAt(cells.Count - 1);
        return cells;
    }

    static SheetCell Read(Cell cell, string[] texts)
    {
        var value = cell.CellValue?.Text ?? "";
        var kind = cell.DataType?.Value ?? CellValues.Number;
        if (kind == CellValues.SharedString)
            return int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < texts.Length
                ? new(texts[index])
                : throw new InvalidDataException(
                    $"cell '{cell.CellReference?.Value}' points to text '{value}' of {texts.Length}"
                );
        if (kind == CellValues.InlineString)
            return new(
                cell.InlineString?.Text?.Text
                    ?? string.Concat(cell.InlineString?.Elements<Run>().Select(run => run.Text?.Text) ?? [])
            );
        if (kind == CellValues.Boolean)
            return new(value == "1" ? "true" : "false");
        // Written with up to 17 digits; people and levels mean the shortest.
        return kind == CellValues.Number && double.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? new(number.ToString("R", CultureInfo.InvariantCulture), IsNumber: true)
            : new(value);
    }

    /// <summary>From 0: A is 0, AA is 26.</summary>
    static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper).Take(4))
            column = column * 26 + (letter - 'A' + 1);
        return column - 1;
    }

    static HalleyException Refuse(string path, string problem, Exception? inner = null) =>
        new(
            "HLY1514",
            $"'{path}' can't be read as a workbook: {problem}. Save it as .xlsx without a password, or as CSV.",
            inner: inner
        );
}
