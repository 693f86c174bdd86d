namespace Halley.Sources.Generation;

/// <summary>Shares of a category's codes, which add up to 1.</summary>
sealed class Shares
{
    readonly double[] cumulative;

    public Shares(params double[] shares)
    {
        cumulative = new double[shares.Length];
        var sum = 0.0;
        for (var code = 0; code < shares.Length; code++)
            cumulative[code] = sum += shares[code];
        if (Math.Abs(sum - 1) > 1e-9)
            throw new ArgumentException($"the shares add up to {sum}, not 1.", nameof(shares));
    }

    /// <summary>The code that a uniform number in (0, 1) falls on.</summary>
    public int Pick(double uniform)
    {
        var code = 0;
        while (code < cumulative.Length - 1 && uniform >= cumulative[code])
            code++;
        return code;
    }
}
