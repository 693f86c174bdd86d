namespace Halley.Glm;

/// <summary>Rows by fold.</summary>
/// <param name="Count">Number of folds, or of stretches of time.</param>
/// <param name="InTime">Whether a fold is predicted from those before it alone.</param>
/// <param name="On">Fold of each of some rows, 0 to <paramref name="Count"/> − 1; shape (n).</param>
sealed record Folds(int Count, bool InTime, Func<GlmProblem, int[]> On)
{
    /// <summary>All rows in memory.</summary>
    internal Folds(int[] of, int count, bool inTime)
        : this(count, inTime, _ => of) => Of = of;

    /// <summary>Fold of each row where they are in memory, empty elsewhere. Shape (n).</summary>
    internal int[] Of { get; } = [];

    /// <summary>Folds that are held out.</summary>
    internal IEnumerable<int> HeldOut => Enumerable.Range(InTime ? 1 : 0, InTime ? Count - 1 : Count);

    /// <summary>Whether a row of one fold is learned from where another one is held out.</summary>
    internal bool Teaches(int own, int held) => InTime ? own < held : own != held;

    internal bool Learns(int fold, int row) => Teaches(Of[row], fold);
}
