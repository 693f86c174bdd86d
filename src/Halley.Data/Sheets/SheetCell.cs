namespace Halley.Data;

/// <summary>A cell as it is read by people.</summary>
/// <param name="Text">Empty for an empty cell; a number with the decimals that are shown.</param>
/// <param name="IsNumber">Whether a spreadsheet holds it as a number.</param>
public readonly record struct SheetCell(string Text, bool IsNumber = false);
