using System.Globalization;
using System.Text.RegularExpressions;
using Halley.Data;

namespace Halley.Cli;

/// <summary>Writes a lane's threshold into a decision file, and leaves every other character as it is.</summary>
static class LaneText
{
    /// <exception cref="HalleyException">HLY7150: the lane is not written with a line for each key.</exception>
    public static async Task WriteAsync(string path, string lane, double threshold, CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(path, cancellation);
        await File.WriteAllTextAsync(path, With(text, path, lane, threshold), cancellation);
    }

    internal static string With(string text, string path, string lane, double threshold)
    {
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = text.Split(end).ToList();
        var start = lines.FindIndex(line => Regex.IsMatch(line, $"""^\s*-\s+name:\s*["']?{Regex.Escape(lane)}["']?\s*(#.*)?$"""));
        var value = threshold.ToString("R", CultureInfo.InvariantCulture);
        if (start < 0)
            throw new HalleyException(
                "HLY7150",
                $"{path}: lane '{lane}' is not written with a line for each key, so that nothing was changed. Add threshold: {value} to it."
            );
        var indent = lines[start].IndexOf("name:", StringComparison.Ordinal);
        var written = new string(' ', indent) + "threshold: " + value;
        for (var i = start + 1; i < lines.Count && (lines[i].Trim().Length == 0 || IndentOf(lines[i]) >= indent); i++)
        {
            if (IndentOf(lines[i]) != indent || !lines[i].TrimStart().StartsWith("threshold:", StringComparison.Ordinal))
                continue;
            lines[i] = written;
            return string.Join(end, lines);
        }
        lines.Insert(start + 1, written);
        return string.Join(end, lines);
    }

    static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;
}
