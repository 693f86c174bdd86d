namespace Halley.Glm;

/// <summary>Rows by fold.</summary>
/// <param name="Of">Fold of each row, 0 to <paramref name="Count"/> − 1; shape (n).</param>
/// <param name="Count">Number of folds, or of stretches of time.</param>
/// <param name="InTime">Whether a fold is predicted from those before it alone.</param>
sealed record Folds(int[] Of, int Count, bool InTime)
{
    /// <summary>Folds that are held out.</summary>
    internal IEnumerable<int> HeldOut => Enumerable.Range(InTime ? 1 : 0, InTime ? Count - 1 : Count);

    internal bool Learns(int fold, int row) => InTime ? Of[row] < fold : Of[row] != fold;
}
