using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Halley.Sources.Sheets;

/// <summary>Writes sheets as an XLSX workbook: numbers as numbers that show the decimals of their text.</summary>
static class WorkbookWriter
{
    const int LongestName = 31;
    const int MostDecimals = 15;
    const uint FirstFormat = 164;

    /// <exception cref="HalleyException">HLY1515: the file can't be written; HLY1516: two sheets would have one name.</exception>
    public static void Write(IReadOnlyList<Halley.Data.Sheet> sheets, string path)
    {
        var names = sheets.Select(sheet => NameOf(sheet.Name)).ToList();
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new HalleyException(
                "HLY1516",
                $"two sheets would be named '{twice.Key}': a workbook allows {LongestName} letters, none of []:*?/\\. Give the factors shorter names in the map."
            );
        var unfinished = path + ".part";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
            using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
                Fill(document.AddWorkbookPart(), sheets, names);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new HalleyException(
                "HLY1515",
                $"'{path}' can't be written: {fault.Message} Check the folder, your rights and the free space.",
                FaultKind.Environment,
                fault
            );
        }
        finally
        {
            if (File.Exists(unfinished))
                File.Delete(unfinished);
        }
    }

    static void Fill(WorkbookPart workbook, IReadOnlyList<Halley.Data.Sheet> sheets, List<string> names)
    {
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        var listed = new DocumentFormat.OpenXml.Spreadsheet.Sheets();
        for (var i = 0; i < sheets.Count; i++)
        {
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(new SheetData(sheets[i].Rows.Select(RowOf)));
            listed.Append(
                new DocumentFormat.OpenXml.Spreadsheet.Sheet
                {
                    Id = workbook.GetIdOfPart(part),
                    SheetId = (uint)(i + 1),
                    Name = names[i],
                }
            );
        }
        workbook.Workbook = new Workbook(listed);
    }

    static Row RowOf(IReadOnlyList<SheetCell> cells, int row) =>
        new(cells.Select((cell, column) => CellOf(cell, Reference(row, column)))) { RowIndex = (uint)(row + 1) };

    static Cell CellOf(SheetCell cell, string reference)
    {
        if (!cell.IsNumber)
            return new()
            {
                CellReference = reference,
                DataType = CellValues.InlineString,
                InlineString = new(new Text(cell.Text) { Space = SpaceProcessingModeValues.Preserve }),
            };
        var point = cell.Text.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 || cell.Text.Contains('E', StringComparison.Ordinal) ? 0 : cell.Text.Length - point - 1;
        return new()
        {
            CellReference = reference,
            CellValue = new(cell.Text),
            // Style 0 shows a number as it is.
            StyleIndex = decimals is 0 or > MostDecimals ? 0 : (uint)decimals,
        };
    }

    static Stylesheet Styles() =>
        new(
            new NumberingFormats(
                Enumerable
                    .Range(1, MostDecimals)
                    .Select(decimals => new NumberingFormat
                    {
                        NumberFormatId = FirstFormat + (uint)decimals,
                        FormatCode = "0." + new string('0', decimals),
                    })
            ),
            new Fonts(new Font()),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
            ),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                Enumerable
                    .Range(0, MostDecimals + 1)
                    .Select(decimals => new CellFormat
                    {
                        NumberFormatId = decimals == 0 ? 0 : FirstFormat + (uint)decimals,
                        ApplyNumberFormat = decimals > 0,
                    })
            )
        );

    static string NameOf(string name)
    {
        var allowed = string.Concat(
                name.Select(letter => letter is '[' or ']' or ':' or '*' or '?' or '/' or '\\' ? '-' : letter)
            )
            .Trim('\'');
        return allowed.Length == 0 ? "sheet" : allowed[..Math.Min(allowed.Length, LongestName)];
    }

    static string Reference(int row, int column)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26)
            letters = (char)('A' + (left - 1) % 26) + letters;
        return string.Create(CultureInfo.InvariantCulture, $"{letters}{row + 1}");
    }
}
