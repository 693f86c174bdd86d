using System.Runtime.CompilerServices;

namespace Halley.Glm;

/// <summary>Levels of a category or boolean: the slot's code is the level's code.</summary>
/// <param name="valueCount">Number of levels that slots can name; a missing level of its own comes after them.</param>
sealed class CategoryCoder(int input, IReadOnlyList<string> levels, int valueCount, int missingCode)
    : LevelCoder(input, levels, missingCode)
{
    /// <summary>Levels of a boolean: its slot is 0 or 1.</summary>
    internal static IReadOnlyList<string> BooleanLevels { get; } = ["false", "true"];

    internal int ValueCount { get; } = valueCount;

    internal override int CodeOf(double slot) => CodeAt(slot);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void CodeAll(ReadOnlySpan<double> slots, Span<int> codes)
    {
        slots = slots[..codes.Length];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = CodeAt(slots[i]);
    }

    /// <summary>The negated comparisons send NaN to the missing level and anything outside the list to none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int CodeAt(double slot) =>
        double.IsNaN(slot) ? MissingCode
        : slot >= 0 && slot < ValueCount ? (int)slot
        : None;
}
