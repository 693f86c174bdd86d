namespace Halley.Boosting;

/// <summary>The range that a leaf's value must keep, so that monotone constraints hold over the whole tree.</summary>
readonly record struct ValueBounds(double Lower, double Upper)
{
    internal static ValueBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    internal double Clip(double value) => Math.Min(Math.Max(value, Lower), Upper);
}
