using System.Globalization;
using System.Text.RegularExpressions;
using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Errors of files and SQL, in words that name the place and the remedy.</summary>
static partial class SourceErrors
{
    public static HalleyException Missing(string path) =>
        new(
            "HLY1501",
            $"there is no file '{path}'. Check the path; it is taken from the folder '{Environment.CurrentDirectory}'."
        );

    public static HalleyException UnknownFormat(string path) =>
        new(
            "HLY1502",
            $"'{path}' is neither SQL nor a file that can be read. Name a file that ends with {FileFormats.Accepted}."
        );

    public static HalleyException UnwritableFormat(string path) =>
        new("HLY1517", $"'{path}': tables are not written in this format. Name a file that ends with {FileFormats.Accepted}.");

    public static HalleyException MarkSeparates(string path, char mark) =>
        new(
            "HLY1518",
            $"'{path}': the decimal mark is declared as '{mark}', which separates the fields of this file. Declare the other mark, or none."
        );

    public static HalleyException UnreadableType(string place, string column, string type) =>
        new(
            "HLY1509",
            $"{place}, column '{column}': values of type {type} have no place in a table. "
                + "Leave the column out with a schema or SQL, or take its parts with SQL."
        );

    public static HalleyException Unwritable(string path, Exception inner) =>
        new("HLY1513", $"'{path}' can't be written: {FirstLine(inner.Message)}.", FaultKind.Environment, inner);

    /// <summary>Puts what DuckDB said about a Parquet file into our words.</summary>
    public static HalleyException OfFile(string path, DuckFailure failure)
    {
        var kind = KindOf(failure.Message);
        var remedy = kind == FaultKind.Environment ? "Check your rights and the disk" : "It may be damaged; write it again";
        return new("HLY1510", $"'{path}' can't be read: {FirstLine(failure.Message)}. {remedy}.", kind, failure);
    }

    /// <summary>Puts what DuckDB said about a user's SQL into our words.</summary>
    /// <param name="leadingLines">Lines that we put before the user's.</param>
    public static HalleyException OfSql(DuckFailure failure, int leadingLines)
    {
        var said = failure.Message;
        var place = SqlLine().Match(said) is { Success: true } line
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"SQL, line {int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) - leadingLines}"
            )
            : "SQL";
        if (said.StartsWith("Permission Error", StringComparison.Ordinal))
            return new(
                "HLY1512",
                $"{place}: {FirstLine(said)}. SQL reads files below the project's folder, and those given a name; copy the file there.",
                inner: failure
            );
        return new("HLY1511", $"{place}: {FirstLine(said)}.", KindOf(said), failure);
    }

    public static HalleyException NotOneQuery(string problem) =>
        new("HLY1511", $"SQL: {problem}. Give one query that starts with SELECT, WITH or FROM.");

    static FaultKind KindOf(string said) =>
        said.StartsWith("IO Error", StringComparison.Ordinal) || said.StartsWith("Out of Memory", StringComparison.Ordinal)
            ? FaultKind.Environment
            : FaultKind.BadInput;

    static string FirstLine(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "no reason given" : lines[0].TrimEnd('.');
    }

    [GeneratedRegex(@"LINE (\d+):")]
    private static partial Regex SqlLine();
}
