namespace Halley.Sources.DuckDb;

/// <summary>Quoting of names and texts in SQL.</summary>
static class Sql
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A file's path as a text that matches this file alone: DuckDB would read <c>*</c>, <c>?</c> and <c>[</c> as a pattern.</summary>
    public static string File(string path) =>
        Text(string.Concat(Path.GetFullPath(path).Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString())));
}
