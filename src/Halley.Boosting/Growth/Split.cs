namespace Halley.Boosting;

/// <summary>A way to cut a leaf in two.</summary>
/// <param name="Gain">By how much it lowers the deviance, to second order.</param>
/// <param name="LastLeftBin">Of a number: bins up to this one go left. Of a category: −1.</param>
/// <param name="GoesLeft">Shape (the feature's BinCount), the missing bin last.</param>
sealed record Split(int Feature, double Gain, int LastLeftBin, bool[] GoesLeft, GradientSums Left, GradientSums Right)
{
    /// <summary>The gain by which it competes with other cuts: weighed by feature.</summary>
    internal double Rank { get; init; } = Gain;

    /// <summary>Where missing values and levels without learn rows go.</summary>
    internal bool MissingGoesLeft => GoesLeft[^1];
}
