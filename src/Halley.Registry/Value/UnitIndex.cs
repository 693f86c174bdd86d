namespace Halley.Registry;

/// <summary>Numbers units in the order in which they come.</summary>
sealed class UnitIndex
{
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    internal int Count => numbers.Count;

    internal int Of(string unit)
    {
        if (!numbers.TryGetValue(unit, out var number))
            numbers.Add(unit, number = numbers.Count);
        return number;
    }
}
