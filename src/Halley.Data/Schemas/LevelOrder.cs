using System.Globalization;

namespace Halley.Data;

/// <summary>The natural order of levels that no schema declares: by number where all are numbers, else by character code.</summary>
public static class LevelOrder
{
    /// <summary>Positions of the levels in their natural order.</summary>
    public static int[] Sort(string[] levels)
    {
        var positions = Enumerable.Range(0, levels.Length).ToArray();
        var numbers = levels.Select(level => NumberOf(level)).ToArray();
        Array.Sort(
            positions,
            numbers.All(number => number is not null)
                ? (a, b) => numbers[a]!.Value.CompareTo(numbers[b]!.Value) is var order and not 0 ? order : ByText(levels, a, b)
                : (a, b) => ByText(levels, a, b)
        );
        return positions;
    }

    static int ByText(string[] levels, int a, int b) => string.CompareOrdinal(levels[a], levels[b]);

    static double? NumberOf(string level) =>
        double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
}
