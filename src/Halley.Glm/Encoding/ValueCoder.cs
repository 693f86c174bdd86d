namespace Halley.Glm;

/// <summary>Levels that are distinct numbers.</summary>
/// <param name="values">Rising; one a level, before a missing level of its own.</param>
/// <param name="unseenCode">Code of a number that is not among the values.</param>
sealed class ValueCoder(int input, IReadOnlyList<string> levels, double[] values, int missingCode, int unseenCode)
    : LevelCoder(input, levels, missingCode)
{
    internal ReadOnlySpan<double> Values => values;

    internal int UnseenCode { get; } = unseenCode;

    internal override void Code(ReadOnlySpan<double> slots, Span<int> codes)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (double.IsNaN(slots[i]))
            {
                codes[i] = MissingCode;
                continue;
            }
            var found = Values.BinarySearch(slots[i]);
            codes[i] = found >= 0 ? found : UnseenCode;
        }
    }
}
