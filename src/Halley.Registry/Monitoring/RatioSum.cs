using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Σ actual / Σ expected with a standard error that knows which rows belong to one unit.</summary>
/// <remarks>
/// With the influence ψ_u = (A_u − R·E_u) / ΣE of each unit, Var(R) = Σ ψ_u² and once more the largest ψ_u²: claims are skewed, and the next
/// one may be as large as the largest so far. Two passes: <see cref="Add"/> for every unit, then <see cref="Spread"/> for every unit again.
/// Source: Liang and Zeger (1986), Biometrika 73, 13–22.
/// </remarks>
struct RatioSum
{
    double squares;
    double largest;
    double amounts;

    internal double Actual { get; private set; }

    internal double Expected { get; private set; }

    /// <summary>Units with an actual amount.</summary>
    internal int Claims { get; private set; }

    /// <summary>How many claims of one size would say as much, (ΣA)²/ΣA²: of claims that differ much, more are needed.</summary>
    internal readonly double EffectiveClaims => amounts > 0 ? Actual * Actual / amounts : 0;

    internal int Units { get; private set; }

    internal readonly double Ratio => Actual / Expected;

    internal readonly double StandardError => Math.Sqrt(squares + largest) / Expected;

    internal void Add(double actual, double expected)
    {
        Actual += actual;
        Expected += expected;
        Units++;
        Claims += actual != 0 ? 1 : 0;
        amounts += actual * actual;
    }

    /// <summary>Takes the spread of a larger whole for the same expected amount where it is more than its own: a part may not have had its large claims yet.</summary>
    internal void AtLeastAsSpreadAs(in RatioSum whole)
    {
        if (whole.Expected > 0)
            squares = Math.Max(squares, whole.squares * Expected / whole.Expected);
        largest = Math.Max(largest, Claims > 0 ? whole.largest * Math.Min(1, Expected / whole.Expected) : 0);
    }

    internal void Spread(double actual, double expected)
    {
        var residual = actual - Ratio * expected;
        squares += residual * residual;
        largest = Math.Max(largest, residual * residual);
    }

    /// <summary>The ratio with an interval that holds at all looks together.</summary>
    internal readonly Estimate At(double planned, double level) => MeanSequence.Of(Ratio, StandardError, Units, planned, level);
}
