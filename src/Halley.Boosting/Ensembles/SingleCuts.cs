namespace Halley.Boosting;

/// <summary>Cuts between 32-bit floats as cuts between doubles, so that rounding a value first is not needed.</summary>
static class SingleCuts
{
    /// <summary>First double that rounds to an infinite float: halfway between the largest float and 2^128.</summary>
    const double Overflow = 3.4028235677973366e38;

    /// <summary>The largest double x with float(x) ≤ <paramref name="last"/>, which is finite.</summary>
    /// <remarks>Rounding keeps order, so those x are exactly the doubles up to this one.</remarks>
    internal static double UpTo(float last)
    {
        var next = MathF.BitIncrement(last);
        // Halfway between two neighbouring floats is a double; rounding takes it to the even one of them.
        var middle = float.IsInfinity(next) ? Overflow : ((double)last + next) / 2;
        return (float)middle <= last ? middle : Math.BitDecrement(middle);
    }

    /// <summary>The largest double x with float(x) &lt; <paramref name="cut"/>, which is finite.</summary>
    internal static double Below(float cut) =>
        cut == float.MinValue ? Math.BitDecrement(-Overflow) : UpTo(MathF.BitDecrement(cut));
}
