namespace Halley.Data;

/// <summary>A sheet of a spreadsheet, or a CSV file: rows of cells without kinds.</summary>
/// <param name="Rows">The header is the first one; rows may differ in length.</param>
public sealed record Sheet(string Name, IReadOnlyList<IReadOnlyList<SheetCell>> Rows)
{
    /// <summary>Text of a cell; empty where the row is shorter.</summary>
    public string At(int row, int column) => column >= 0 && column < Rows[row].Count ? Rows[row][column].Text : "";
}
