using System.Globalization;
using System.Net;
using System.Text;

namespace Halley.Reports;

/// <summary>Builds HTML; every text that comes from data is encoded.</summary>
sealed class HtmlText
{
    /// <summary>What stands in place of a number that there is not.</summary>
    const string NoNumber = "–";

    readonly StringBuilder html = new();

    /// <summary>Adds markup of our own as it stands.</summary>
    public HtmlText Raw(string markup)
    {
        html.Append(markup);
        return this;
    }

    /// <summary>Adds an element with text inside.</summary>
    public HtmlText Element(string tag, string text, string? cssClass = null)
    {
        html.Append('<').Append(tag);
        if (cssClass is not null)
            html.Append(" class=\"").Append(cssClass).Append('"');
        html.Append('>').Append(WebUtility.HtmlEncode(text)).Append("</").Append(tag).Append('>');
        return this;
    }

    /// <summary>Adds a table. A cell that starts like a number is set to the right, and so is the head of a column of such cells.</summary>
    public HtmlText Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.ToList();
        html.Append("<table><thead><tr>");
        for (var column = 0; column < head.Count; column++)
            Element("th", head[column], IsOfNumbers(lines, column) ? "number" : null);
        html.Append("</tr></thead><tbody>");
        foreach (var row in lines)
        {
            html.Append("<tr>");
            foreach (var cell in row)
                Element("td", cell, IsNumber(cell) ? "number" : null);
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        return this;
    }

    public override string ToString() => html.ToString();

    static bool IsOfNumbers(List<IReadOnlyList<string>> rows, int column) =>
        rows.Count > 0 && rows.All(row => IsNumber(row[column]));

    static bool IsNumber(string cell) =>
        cell == NoNumber
        || cell.Length > 0
            && (char.IsAsciiDigit(cell[0]) || (cell[0] is '-' or '−' or '+' && cell.Length > 1 && char.IsAsciiDigit(cell[1])));

    /// <summary>A number as people read it: four significant digits, thousands apart.</summary>
    public static string Number(double? value) =>
        value switch
        {
            null or double.NaN => NoNumber,
            0 => "0",
            { } number when Math.Abs(number) >= 1000 => number.ToString("N0", CultureInfo.InvariantCulture),
            { } number => number.ToString("G4", CultureInfo.InvariantCulture),
        };

    /// <summary>"0.312 (0.298 to 0.326)".</summary>
    public static string Number(Models.Figure? figure) =>
        figure is null ? NoNumber
        : figure.Lower is null ? Number(figure.Value)
        : $"{Number(figure.Value)} ({Number(figure.Lower)} to {Number(figure.Upper)})";
}
