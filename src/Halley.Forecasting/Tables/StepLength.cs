using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Halley.Forecasting;

/// <summary>Length of a step: a number of calendar units.</summary>
public readonly record struct StepLength(StepUnit Unit, int Count = 1)
{
    /// <summary>Seasons that such steps usually have, ascending.</summary>
    public int[] UsualSeasons =>
        (Unit, Count) switch
        {
            (StepUnit.Minute, var count) when 1440 % count == 0 && count < 1440 => [1440 / count, 7 * 1440 / count],
            (StepUnit.Hour, 1) => [24, 168],
            (StepUnit.Day, 1) => [7],
            (StepUnit.Week, 1) => [52],
            (StepUnit.Month, 1) => [12],
            (StepUnit.Quarter, 1) or (StepUnit.Month, 3) => [4],
            _ => [],
        };

    /// <summary>Reads <c>month</c>, <c>15 minutes</c>, <c>2 weeks</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StepLength? length)
    {
        length = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = 1;
        if (words.Length is < 1 or > 2)
            return false;
        if (words.Length == 2 && !(int.TryParse(words[0], CultureInfo.InvariantCulture, out count) && count > 0))
            return false;
        var unit = words[^1].TrimEnd('s');
        if (!char.IsLetter(unit.FirstOrDefault()) || !Enum.TryParse<StepUnit>(unit, ignoreCase: true, out var parsed))
            return false;
        length = new(parsed, count);
        return true;
    }

    public override string ToString() =>
        Count == 1 ? $"{Unit}".ToLowerInvariant() : $"{Count.ToString(CultureInfo.InvariantCulture)} {Unit}s".ToLowerInvariant();
}
