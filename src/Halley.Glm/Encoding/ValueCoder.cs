using System.Runtime.CompilerServices;

namespace Halley.Glm;

/// <summary>Levels that are distinct numbers.</summary>
/// <param name="values">Rising; one a level, before a missing level of its own.</param>
/// <param name="unseenCode">Code of a number that is not among the values.</param>
sealed class ValueCoder(int input, IReadOnlyList<string> levels, double[] values, int missingCode, int unseenCode)
    : LevelCoder(input, levels, missingCode)
{
    readonly int[]? places = Places(values, unseenCode);

    internal ReadOnlySpan<double> Values => values;

    internal int UnseenCode { get; } = unseenCode;

    internal override int CodeOf(double slot) => CodeAt(slot);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void CodeAll(ReadOnlySpan<double> slots, Span<int> codes)
    {
        slots = slots[..codes.Length];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = CodeAt(slots[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int CodeAt(double slot)
    {
        if (double.IsNaN(slot))
            return MissingCode;
        if (places is null)
        {
            var found = Values.BinarySearch(slot);
            return found >= 0 ? found : UnseenCode;
        }
        // The comparison before the cast: what is no integer of the range has no place.
        var steps = slot - values[0];
        if (!(steps >= 0 && steps < places.Length))
            return UnseenCode;
        var place = (int)steps;
        return place == steps ? places[place] : UnseenCode;
    }

    /// <summary>Code by whole steps from the first value, where all values are whole numbers close together; else null.</summary>
    static int[]? Places(double[] values, int unseenCode)
    {
        if (values.Length == 0 || !Array.TrueForAll(values, value => value == Math.Floor(value)))
            return null;
        var range = values[^1] - values[0];
        if (!(range < 4096 && Math.Abs(values[0]) < 1e15))
            return null;
        var places = new int[(int)range + 1];
        Array.Fill(places, unseenCode);
        for (var code = 0; code < values.Length; code++)
            places[(int)(values[code] - values[0])] = code;
        return places;
    }
}
