namespace Halley.Glm;

/// <summary>Turns the values of one input into codes of a term's levels. Immutable; the same code runs in fitting and in scoring.</summary>
abstract class LevelCoder(int input, IReadOnlyList<string> levels, int missingCode)
{
    /// <summary>Code of a value that no level stands for: the row's score is NaN.</summary>
    internal const int None = -1;

    /// <summary>Index among the scorer's inputs.</summary>
    internal int Input { get; } = input;

    /// <summary>Names in code order, that of the missing level included where there is one.</summary>
    internal IReadOnlyList<string> Levels { get; } = levels;

    internal int LevelCount { get; } = levels.Count;

    /// <summary>Code of NaN, or <see cref="None"/>.</summary>
    internal int MissingCode { get; } = missingCode;

    /// <summary>codes[i] = code of slots[i]; shapes (n).</summary>
    internal void Code(ReadOnlySpan<double> slots, Span<int> codes)
    {
        if (slots.Length == 1)
            codes[0] = CodeOf(slots[0]);
        else
            CodeAll(slots, codes[..slots.Length]);
    }

    /// <summary>Code of one slot.</summary>
    internal abstract int CodeOf(double slot);

    /// <summary>The codes that <see cref="CodeOf"/> gives.</summary>
    /// <remarks>Compiled at full optimisation at once: a first batch does not wait for the runtime to notice the loop.</remarks>
    private protected abstract void CodeAll(ReadOnlySpan<double> slots, Span<int> codes);
}
