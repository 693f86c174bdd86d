using System.Globalization;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Covariances that do not trust the family's variance: (X′WX)⁻¹·M·(X′WX)⁻¹.</summary>
/// <remarks>
/// M = Σ u²·x·x′ over rows (HC0), times n/(n − p) (HC1), with u/(1 − leverage) (HC3), or Σ s·s′ over clusters with s = Σ u·x.
/// Sources: White (1980), Econometrica 48, 817–838; MacKinnon and White (1985), J. Econometrics 29, 305–325; Zeileis (2006), J. Stat.
/// Softw. 16(9). Conventions of R's <c>sandwich</c>: the cluster form is multiplied by G/(G − 1).
/// </remarks>
sealed class Sandwich(LearnRows rows, GlmSolution solution, Lazy<RowQuantities> held)
{
    /// <summary>Numbers of clusters' sums that are held at a time.</summary>
    const int SumsAtOnce = 1 << 25;

    readonly int p = solution.Prepared.Active.Length;

    /// <summary>Covariance of the declared coefficients, shape (order × order), NaN where there is no estimate.</summary>
    /// <param name="cluster">Column that names the clusters; for <see cref="ErrorKind.Clustered"/> alone.</param>
    internal double[] Covariance(ErrorKind kind, string? cluster, CancellationToken cancellation)
    {
        var n = rows.Problem.RowCount;
        var meat = kind switch
        {
            ErrorKind.Clustered => OfClusters(cluster!, cancellation),
            ErrorKind.RobustJackknife => OfRows((own, row) => own.Score[row] / (1 - own.Leverage[row]), cancellation),
            _ => OfRows((own, row) => own.Score[row], cancellation),
        };
        var scale = kind == ErrorKind.RobustScaled ? n / (n - solution.EffectiveDegrees) : 1;
        var covariance = DenseProduct.Around(solution.UnscaledInverse, meat, p);
        foreach (ref var value in covariance.AsSpan())
            value *= scale;
        return DeclaredCovariance.Of(solution.Design, solution.States, solution.Prepared.Active, covariance);
    }

    /// <summary>Σ u²·x·x′, shape (active × active).</summary>
    double[] OfRows(Func<RowQuantities, int, double> score, CancellationToken cancellation)
    {
        var design = solution.Design;
        var sums = new PassSums(design, 0);
        rows.Problem.ForEach(
            design,
            (part, columns) =>
            {
                var own = rows.Problem.Chunks is null ? held.Value : RowQuantities.Of(part, columns, solution, cancellation);
                sums.Add(
                    part,
                    columns.Gathered.Pass,
                    (_, _, start, u, h, _, _) =>
                    {
                        for (var i = 0; i < u.Length; i++)
                        {
                            var value = score(own, start + i);
                            (u[i], h[i]) = (value * value, value * value);
                        }
                    },
                    cancellation
                );
            },
            cancellation
        );
        var (_, products) = sums.Reduced();
        return design.Gathered.ModelLayout.Assemble(products, solution.Prepared.Active);
    }

    double[] OfClusters(string name, CancellationToken cancellation)
    {
        var (count, codesOf) = ClustersOf(name);
        var meat = new double[p * p];
        // As many clusters at a time as fit into memory.
        var atOnce = Math.Max(1, SumsAtOnce / p);
        for (var first = 0; first < count; first += atOnce)
        {
            var sums = new double[Math.Min(atOnce, count - first) * p];
            rows.Problem.ForEach(
                solution.Design,
                (part, design) => AddClusters(codesOf(part), ScoresOf(part, design, cancellation), design, first, sums),
                cancellation
            );
            for (var start = 0; start < sums.Length; start += p)
            {
                var own = sums.AsSpan(start, p);
                for (var i = 0; i < p; i++)
                    Reduce.AddScaled(own[i] * count / (count - 1.0), own, meat.AsSpan(i * p, p));
            }
        }
        return meat;
    }

    /// <summary>Adds u·x of each row to its cluster's sums, where these are among those at hand.</summary>
    void AddClusters(int[] codes, double[] scores, GlmDesign design, int first, double[] sums)
    {
        var own = new DesignRows(solution.Prepared with { Design = design });
        var (positions, values) = (new int[own.Widest], new double[own.Widest]);
        for (var row = 0; row < codes.Length; row++)
        {
            var start = (long)(codes[row] - first) * p;
            if (start < 0 || start >= sums.Length)
                continue;
            var entries = own.Fill(row, positions, values);
            for (var e = 0; e < entries; e++)
                sums[start + positions[e]] += scores[row] * values[e];
        }
    }

    double[] ScoresOf(GlmProblem part, GlmDesign design, CancellationToken cancellation) =>
        rows.Problem.Chunks is null ? held.Value.Score : RowQuantities.Of(part, design, solution, cancellation).Score;

    /// <summary>Number of clusters, and the number of each of some rows' own.</summary>
    (int Count, Func<GlmProblem, int[]> CodesOf) ClustersOf(string name)
    {
        if (rows.Problem.Chunks is { ClusterCount: 0 })
            GlmErrors.ThrowNoRows();
        if (rows.Problem.Chunks is { } chunks)
            return (chunks.ClusterCount, part => Array.ConvertAll(chunks.Column(part, RoleNames.Cluster), code => (int)code));
        var (codes, count) = CodesOf(rows.Table[name]);
        return (count, _ => codes);
    }

    static (int[] Codes, int Count) CodesOf(Column column)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new int[column.RowCount];
        for (var row = 0; row < codes.Length; row++)
        {
            // A row without a cluster is one of its own.
            var name = column.TextAt(row) ?? string.Create(CultureInfo.InvariantCulture, $"\0{row}");
            if (!numbers.TryGetValue(name, out codes[row]))
                numbers.Add(name, codes[row] = numbers.Count);
        }
        if (numbers.Count < 2)
            GlmErrors.ThrowOneCluster(column.Name);
        return (codes, numbers.Count);
    }
}
