using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Halley.Data;

namespace Halley.Sources.Tests.Writing;

public sealed class WorkbookTests : IDisposable
{
    static readonly Sheet[] Sheets =
    [
        new(
            "(base)",
            [
                [new("relativity")],
                [new("0.0525", IsNumber: true)],
            ]
        ),
        new(
            "zone:fuel",
            [
                [new("zone \\ fuel"), new("diesel & co"), new(" two blanks ")],
                [new("<25"), new("1.0000", IsNumber: true), new("0.25", IsNumber: true)],
                [],
                [new("42", IsNumber: true), new(""), new("1E-07", IsNumber: true)],
            ]
        ),
    ];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_workbook_is_valid_and_reads_back_as_it_was_written()
    {
        var path = folder.File("table.xlsx");

        SheetFile.Write(Sheets, path, new());

        using (var document = SpreadsheetDocument.Open(path, isEditable: false))
            Assert.Empty(
                new OpenXmlValidator()
                    .Validate(document, TestContext.Current.CancellationToken)
                    .Select(error => error.Description)
            );
        var read = SheetFile.Read(path, new(), TestContext.Current.CancellationToken);
        // A colon can't stand in a sheet's name; a number is read in its shortest form.
        Assert.Equal(["(base)", "zone-fuel"], read.Select(sheet => sheet.Name));
        Assert.Equal("0.0525", read[0].At(1, 0));
        Assert.Equal(["zone \\ fuel", "diesel & co", " two blanks "], read[1].Rows[0].Select(cell => cell.Text));
        Assert.Equal(["<25", "1", "0.25"], read[1].Rows[1].Select(cell => cell.Text));
        Assert.Empty(read[1].Rows[2]);
        Assert.Equal(["42", "", "1E-07"], read[1].Rows[3].Select(cell => cell.Text));
    }

    [Fact]
    public void Two_sheets_of_one_name_are_refused()
    {
        var problem = Assert.Throws<HalleyException>(() =>
            SheetFile.Write([Sheets[0] with { Name = "a:b" }, Sheets[0] with { Name = "A*B" }], folder.File("twice.xlsx"), new())
        );
        Assert.Contains("HLY1516: two sheets would be named 'a-b'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<c r=\"A5\" t=\"s\"><v>7</v></c>", "<row r=\"5\">")]
    [InlineData("<c r=\"XFD1\" t=\"str\"><v>far</v></c>", "<row r=\"1\">")]
    [InlineData("<c r=\"A1\"><v>1</v></c>", "<row r=\"99999999\">")]
    [InlineData("<c r=\"A1\"><v>1</v></c>", "<row r=\"0\">")]
    public void A_workbook_that_points_outside_itself_is_refused(string cell, string row)
    {
        var path = folder.File("bad.xlsx");
        SheetFile.Write([Sheets[0]], path, new());
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            var name = archive
                .Entries.Single(entry => entry.FullName.Contains("worksheets/sheet", StringComparison.Ordinal))
                .FullName;
            archive.GetEntry(name)!.Delete();
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(
                $"<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData>{row.Replace("<", "<x:", StringComparison.Ordinal)}{cell.Replace("<c", "<x:c", StringComparison.Ordinal).Replace("<v", "<x:v", StringComparison.Ordinal).Replace("</c", "</x:c", StringComparison.Ordinal).Replace("</v", "</x:v", StringComparison.Ordinal)}</x:row></x:sheetData></x:worksheet>"
            );
        }

        var problem = Assert.Throws<HalleyException>(() => SheetFile.Read(path, new(), TestContext.Current.CancellationToken));

        Assert.Equal("HLY1514", problem.Code);
    }
}
