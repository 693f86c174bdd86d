using System.Globalization;

namespace Halley.Boosting;

/// <summary>What follows the trees of a LightGBM file: parameters of the fit, and the levels of a data frame's categories.</summary>
/// <param name="Levels">A list for each category feature, in column order; null where the file has none.</param>
/// <param name="TweediePower">From the parameters; null where they do not say.</param>
sealed record LightGbmTail(IReadOnlyList<IReadOnlyList<string>>? Levels, double? TweediePower)
{
    internal static LightGbmTail Of(ReadOnlySpan<byte> tail)
    {
        var at = tail.LastIndexOf("pandas_categorical:"u8);
        return new(at < 0 ? null : LevelsOf(tail[(at + "pandas_categorical:"u8.Length)..]), PowerOf(tail));
    }

    static double? PowerOf(ReadOnlySpan<byte> tail)
    {
        var key = "[tweedie_variance_power: "u8;
        var at = tail.IndexOf(key);
        if (at < 0)
            return null;
        var rest = tail[(at + key.Length)..];
        var end = rest.IndexOf((byte)']');
        return
            end > 0
            && double.TryParse(rest[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var power)
            && power is > 1 and < 2
            ? power
            : null;
    }

    static List<IReadOnlyList<string>>? LevelsOf(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)'\n');
        line = (end < 0 ? line : line[..end]).Trim(" \r"u8);
        if (line.IsEmpty || line.SequenceEqual("null"u8))
            return null;
        var lists = JsonDocumentReader.Read(line).List();
        if (lists.Count == 0)
            return null;
        var levels = new List<IReadOnlyList<string>>();
        foreach (var list in lists)
        {
            // Levels that are numbers or booleans stand as such; a caller's text for them is the same.
            var texts = list.List().Select(TextOf).ToList();
            if (texts.Distinct(StringComparer.Ordinal).Count() != texts.Count)
                ForeignErrors.Malformed("pandas_categorical", $"a level of category feature {levels.Count} stands twice.");
            levels.Add(texts);
        }
        return levels;
    }

    static string TextOf(DocumentNode level) => level.TextValue ?? level.Number().ToString("R", CultureInfo.InvariantCulture);
}
