namespace Halley.Boosting;

/// <summary>A cut of a number that may become a <see cref="Split"/>.</summary>
/// <param name="Bin">Bins up to this one go left; −1: no cut is allowed.</param>
readonly record struct NumberCut(double Gain, int Bin, bool MissingLeft, GradientSums Left)
{
    internal static NumberCut None { get; } = new(0, -1, false, default);

    internal Split ToSplit(int feature, int binCount, GradientSums parent)
    {
        var goesLeft = new bool[binCount];
        goesLeft.AsSpan(0, Bin + 1).Fill(true);
        goesLeft[^1] = MissingLeft;
        return new(feature, Gain, Bin, goesLeft, Left, parent - Left);
    }
}
