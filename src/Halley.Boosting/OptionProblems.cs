using System.Globalization;

namespace Halley.Boosting;

/// <summary>Collects what is wrong with options, so that all of it is told at once.</summary>
sealed class OptionProblems
{
    readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    public OptionProblems Require(bool holds, string name, object value, string range)
    {
        if (!holds)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {range}."));
        return this;
    }

    public OptionProblems RequireAtLeastZero(string name, double value) =>
        Require(value >= 0 && double.IsFinite(value), name, value, "a finite number, at least 0");

    public OptionProblems RequireDirections(string name, IReadOnlyDictionary<string, int> directions)
    {
        foreach (var (feature, direction) in directions.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Require(direction is -1 or 0 or 1, $"{name} of '{feature}'", direction, "1 (rising), -1 (falling) or 0 (free)");
        return this;
    }
}
