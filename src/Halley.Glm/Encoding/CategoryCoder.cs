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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Code(ReadOnlySpan<double> slots, Span<int> codes)
    {
        codes = codes[..slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[i];
            // The negated comparisons send NaN to the missing level and anything outside the list to none.
            if (double.IsNaN(slot))
                codes[i] = MissingCode;
            else
                codes[i] = slot >= 0 && slot < ValueCount ? (int)slot : None;
        }
    }
}
