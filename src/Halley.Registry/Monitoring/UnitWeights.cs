using System.Runtime.InteropServices;

namespace Halley.Registry;

/// <summary>Weight of rows that belong to units, and how many rows of independent units with one weight they are worth.</summary>
/// <remarks>(Σ w)² / Σ_u (Σ w of u)²: a customer who asks ten times is one customer. Source: Kish (1965), Survey Sampling, section 11.2.</remarks>
sealed class UnitWeights
{
    readonly Dictionary<int, double> byUnit = [];
    double squares;

    internal double Total { get; private set; }

    internal double Effective => squares > 0 ? Total * Total / squares : 0;

    internal void Add(int unit, double weight)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(byUnit, unit, out _);
        squares += weight * (2 * sum + weight);
        sum += weight;
        Total += weight;
    }

    internal void Clear()
    {
        byUnit.Clear();
        (Total, squares) = (0, 0);
    }
}
