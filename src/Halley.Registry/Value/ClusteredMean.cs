using System.Runtime.InteropServices;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>A weighted mean whose standard error knows that rows of one unit belong together.</summary>
/// <remarks>
/// μ = Σ w·y / Σ w (Hájek), with the influence ψ_u = Σ_{i in u} w·(y − μ) / Σ w of each unit u, and
/// Var(μ) = n/(n − 1) · Σ ψ_u² over n units. Equal weights and one row a unit give s²/n.
/// Sources: Hájek (1971), in Foundations of Statistical Inference, 236; Liang and Zeger (1986), Biometrika 73, 13–22.
/// </remarks>
sealed class ClusteredMean
{
    /// <summary>By unit; 0 for a unit that has no row here.</summary>
    readonly double[] influence;

    /// <param name="rows">Rows of units below <paramref name="unitTotal"/>.</param>
    internal ClusteredMean(ReadOnlySpan<ValueRow> rows, int unitTotal)
    {
        var (weights, sum) = (0.0, 0.0);
        foreach (ref readonly var row in rows)
        {
            weights += row.Weight;
            sum += row.Weight * row.Value;
        }
        Mean = sum / weights;
        influence = new double[unitTotal];
        var isHere = new bool[unitTotal];
        foreach (ref readonly var row in rows)
        {
            influence[row.Unit] += row.Weight * (row.Value - Mean) / weights;
            isHere[row.Unit] = true;
        }
        Units = MemoryMarshal.AsBytes(isHere.AsSpan()).Count((byte)1);
        var squares = 0.0;
        foreach (var psi in influence)
            squares += psi * psi;
        Variance = UnitCorrection * squares;
    }

    /// <summary>The mean of one kind of rows alone.</summary>
    internal static ClusteredMean Of(IEnumerable<(string Unit, double Value)> rows) => Of(rows, new());

    /// <summary>The mean of rows with weight 1.</summary>
    /// <param name="index">The same for two means that are compared.</param>
    internal static ClusteredMean Of(IEnumerable<(string Unit, double Value)> rows, UnitIndex index)
    {
        var numbered = rows.Select(row => new ValueRow(index.Of(row.Unit), 1, row.Value)).ToArray();
        return new(numbered, index.Count);
    }

    internal double Mean { get; }

    internal double Variance { get; }

    /// <summary>Different units.</summary>
    internal int Units { get; }

    /// <summary>The mean with its 95 % interval.</summary>
    internal Estimate Estimate => Estimate.StudentT(Mean, Math.Sqrt(Variance), Units - 1);

    /// <summary>This mean less another, with units that are in both taken into account; degrees of freedom by Welch (1947), Biometrika 34, 28–35.</summary>
    internal Estimate Minus(ClusteredMean other)
    {
        var shared = 0.0;
        for (var unit = Math.Min(influence.Length, other.influence.Length) - 1; unit >= 0; unit--)
            shared += influence[unit] * other.influence[unit];
        shared *= Math.Sqrt(UnitCorrection * other.UnitCorrection);
        var variance = Math.Max(0, Variance + other.Variance - 2 * shared);
        var sum = Variance + other.Variance;
        var freedom =
            sum > 0
                ? sum * sum / (Variance * Variance / (Units - 1) + other.Variance * other.Variance / (other.Units - 1))
                : Units + other.Units - 2;
        return Estimate.StudentT(Mean - other.Mean, Math.Sqrt(variance), freedom);
    }

    double UnitCorrection => Units / (Units - 1.0);
}
