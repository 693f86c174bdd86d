using System.Globalization;
using System.Text.RegularExpressions;
using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Errors of files and SQL, in words that name file, line, column, value and remedy.</summary>
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

    public static HalleyException Empty(string path) =>
        new("HLY1503", $"'{path}' is empty. A CSV file starts with a line of column names.");

    public static HalleyException NoRows(string path) =>
        new(
            "HLY1503",
            $"'{path}' has column names but no rows, so the columns' kinds can't be inferred. Declare a schema, or add rows."
        );

    public static HalleyException MissingColumns(string source, IEnumerable<string> missing, IEnumerable<string> present) =>
        new(
            "HLY1504",
            $"{source} lacks column{(missing.Skip(1).Any() ? "s" : "")} {string.Join(", ", missing.Select(name => $"'{name}'"))} "
                + $"of the schema. It has: {string.Join(", ", present)}. Correct the file, or the names in the schema."
        );

    public static HalleyException BadHeader(string path, string problem) =>
        new("HLY1505", $"'{path}', line 1: {problem}. Give every column a name of its own in the first line.");

    public static HalleyException UnreadableType(string source, string column, string type) =>
        new(
            "HLY1509",
            $"{source}, column '{column}': values of type {type} have no place in a table. "
                + "Leave the column out with a schema or SQL, or take its parts with SQL."
        );

    public static HalleyException Unreadable(string path, Exception inner) =>
        new("HLY1510", $"'{path}' can't be read: {inner.Message.TrimEnd('.')}.", FaultKind.Environment, inner);

    public static HalleyException Unwritable(string path, Exception inner) =>
        new("HLY1513", $"'{path}' can't be written: {FirstLine(inner.Message)}.", FaultKind.Environment, inner);

    /// <summary>Puts what DuckDB said about a CSV or Parquet file into our words.</summary>
    public static HalleyException OfFile(string path, DuckFailure failure)
    {
        var said = failure.Message;
        var place = LineNumber().Match(said) is { Success: true } line ? $"'{path}', line {line.Groups[1].Value}" : $"'{path}'";
        if (ColumnCount().Match(said) is { Success: true } count)
            return new(
                "HLY1505",
                $"{place}: {count.Groups[2].Value} fields where the header has {count.Groups[1].Value}{Original(said)}. "
                    + "Correct the line; a field that holds the separator must stand in double quotes.",
                inner: failure
            );
        if (
            said.Contains("unicode", StringComparison.OrdinalIgnoreCase)
            || said.Contains("utf-8", StringComparison.OrdinalIgnoreCase)
        )
            return new(
                "HLY1506",
                $"{place}: the text is not UTF-8{Original(said)}. Convert the file, for example with 'iconv -f ISO-8859-1 -t UTF-8'.",
                inner: failure
            );
        if (said.Contains("unterminated quote", StringComparison.Ordinal))
            return new(
                "HLY1505",
                $"{place}: a double quote opens and is not closed. Close it, or double it inside a field.",
                inner: failure
            );
        if (Conversion().Match(said) is { Success: true } conversion)
            return new(
                "HLY1507",
                $"{place}, column '{conversion.Groups[1].Value}': '{conversion.Groups[2].Value}' is not {Wanted(conversion.Groups[3].Value)}. "
                    + "Correct the value, leave the field empty where it is missing, or change the column's kind in the schema.",
                inner: failure
            );
        if (said.Contains("GZIP", StringComparison.OrdinalIgnoreCase))
            return new(
                "HLY1510",
                $"{place} is not a valid gzip file. Compress it again, or drop '.gz' from its name.",
                inner: failure
            );
        if (
            said.Contains("arquet", StringComparison.Ordinal)
            && !said.StartsWith("IO Error: Cannot open", StringComparison.Ordinal)
        )
            return new("HLY1510", $"{place} is not a valid Parquet file: {FirstLine(said)}. Write it again.", inner: failure);
        return new("HLY1510", $"{place} can't be read: {FirstLine(said)}.", KindOf(said), failure);
    }

    /// <summary>The column whose values were not of the type asked for, or null where something else failed.</summary>
    public static string? RefutedColumn(DuckFailure failure) =>
        Conversion().Match(failure.Message) is { Success: true } conversion ? conversion.Groups[1].Value : null;

    /// <summary>Puts what DuckDB said about a user's SQL into our words.</summary>
    /// <param name="leadingLines">Lines that we put before the user's.</param>
    public static HalleyException OfSql(DuckFailure failure, int leadingLines)
    {
        var said = failure.Message;
        if (FileOfError().Match(said) is { Success: true } file)
            return OfFile(file.Groups[1].Value, failure);
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

    static string Wanted(string sqlType) =>
        sqlType switch
        {
            "DOUBLE" => "a number",
            "DATE" => "a date such as 2026-01-31",
            "BOOLEAN" => "true or false",
            _ => $"of type {sqlType}",
        };

    static string Original(string said)
    {
        if (OriginalLine().Match(said) is not { Success: true } line)
            return "";
        var text = line.Groups[1].Value;
        return $" (\"{(text.Length > 80 ? text[..80] + "…" : text)}\")";
    }

    static string FirstLine(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "no reason given" : lines[0].TrimEnd('.');
    }

    [GeneratedRegex(@"CSV Error on Line: (\d+)")]
    private static partial Regex LineNumber();

    [GeneratedRegex(@"Original Line: (.*)")]
    private static partial Regex OriginalLine();

    [GeneratedRegex(@"Expected Number of Columns: (\d+) Found: (\d+)")]
    private static partial Regex ColumnCount();

    [GeneratedRegex(@"Error when converting column ""(.*)""\. Could not convert string ""(.*)"" to '(\w+)'")]
    private static partial Regex Conversion();

    [GeneratedRegex(@"CSV Error on Line.*^\s*file = (.*?)$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FileOfError();

    [GeneratedRegex(@"LINE (\d+):")]
    private static partial Regex SqlLine();
}
