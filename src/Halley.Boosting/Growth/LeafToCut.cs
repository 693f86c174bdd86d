namespace Halley.Boosting;

/// <summary>A leaf as the search for its best cut sees it.</summary>
/// <param name="Value">What it adds to the score as a leaf, before the learning rate.</param>
/// <param name="Bounds">Of its children: what holds whichever cut is made.</param>
/// <param name="Order">Its place among leaves that monotone features put in order; null where none does.</param>
readonly record struct LeafToCut(GradientSums Sums, double Value, ValueBounds Bounds, LeafOrder? Order = null)
{
    /// <summary>What it is worth as it stands.</summary>
    internal double Score(SplitRules rules, double l2) =>
        Order is null && !rules.Smooths ? rules.Score(Sums, Bounds, l2) : rules.ScoreAt(Sums, Value, l2);
}
