using System.Globalization;
using Spectre.Console;

namespace Halley.Cli;

/// <summary>Tables on the terminal in one look.</summary>
static class Tables
{
    public static Table New(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var name in columns)
            table.AddColumn(new TableColumn(Markup.Escape(name)).NoWrap());
        return table;
    }

    /// <summary>A table whose last column is text that folds, so that the others keep their width on a narrow terminal.</summary>
    public static Table WithText(params string[] columns)
    {
        var table = New(columns);
        table.Columns[^1].NoWrap = false;
        return table;
    }

    /// <summary>Four significant digits; a dash where there is nothing.</summary>
    public static string Number(double? value) =>
        value is not { } number || double.IsNaN(number) ? "–"
        : Math.Abs(number) >= 100_000 ? number.ToString("N0", CultureInfo.InvariantCulture)
        : number.ToString("G4", CultureInfo.InvariantCulture);

    public static string Figure(Models.Figure? figure) =>
        figure is null ? "–"
        : figure.Lower is null ? Number(figure.Value)
        : $"{Number(figure.Value)} ({Number(figure.Lower)} to {Number(figure.Upper)})";

    /// <summary>A row of texts that come from data or users: nothing in them is markup.</summary>
    public static Table AddPlainRow(this Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);
}
