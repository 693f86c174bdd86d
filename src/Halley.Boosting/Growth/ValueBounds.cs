namespace Halley.Boosting;

/// <summary>What a leaf's value is held by: a range that it must keep, so that monotone constraints hold, and the value that smoothing draws it to.</summary>
/// <param name="Prior">The value of the leaf that it was cut from.</param>
readonly record struct ValueBounds(double Lower, double Upper, double Prior = 0)
{
    internal static ValueBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether every value is within.</summary>
    internal bool IsOpen => double.IsNegativeInfinity(Lower) && double.IsPositiveInfinity(Upper);

    internal double Clip(double value) => Math.Min(Math.Max(value, Lower), Upper);

    /// <summary>The range that keeps both.</summary>
    internal ValueBounds Within(ValueBounds other) =>
        this with
        {
            Lower = Math.Max(Lower, other.Lower),
            Upper = Math.Min(Upper, other.Upper),
        };
}
