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
    readonly Dictionary<string, double> influence = new(StringComparer.Ordinal);

    internal ClusteredMean(IReadOnlyCollection<ValueRow> rows)
    {
        var weights = rows.Sum(row => row.Weight);
        Mean = rows.Sum(row => row.Weight * row.Value) / weights;
        foreach (var row in rows)
            influence[row.Unit] = influence.GetValueOrDefault(row.Unit) + row.Weight * (row.Value - Mean) / weights;
        Variance = UnitCorrection * influence.Values.Sum(psi => psi * psi);
    }

    internal double Mean { get; }

    internal double Variance { get; }

    /// <summary>Different units.</summary>
    internal int Units => influence.Count;

    /// <summary>The mean with its 95 % interval.</summary>
    internal Estimate Estimate => Estimate.StudentT(Mean, Math.Sqrt(Variance), Units - 1);

    /// <summary>This mean less another, with units that are in both taken into account; degrees of freedom by Welch (1947), Biometrika 34, 28–35.</summary>
    internal Estimate Minus(ClusteredMean other)
    {
        var shared = 0.0;
        foreach (var (unit, psi) in influence)
            shared += psi * other.influence.GetValueOrDefault(unit);
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
