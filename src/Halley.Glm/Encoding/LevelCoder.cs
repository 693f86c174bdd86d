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
    /// <remarks>The loops are compiled at full optimisation at once: a server's first batch should not wait for the runtime to notice them.</remarks>
    internal abstract void Code(ReadOnlySpan<double> slots, Span<int> codes);
}
