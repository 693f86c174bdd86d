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
    readonly int p = solution.Prepared.Active.Length;

    /// <summary>Covariance of the declared coefficients, shape (order × order), NaN where there is no estimate.</summary>
    /// <param name="cluster">Column that names the clusters; for <see cref="ErrorKind.Clustered"/> alone.</param>
    internal double[] Covariance(ErrorKind kind, string? cluster, CancellationToken cancellation)
    {
        var n = rows.Problem.RowCount;
        var meat = kind switch
        {
            ErrorKind.Clustered => OfClusters(rows.Table[cluster!]),
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
        var gathered = solution.Design.Gathered;
        var sums = new double[gathered.Pass.Length];
        rows.Problem.ForEach(
            solution.Design,
            (part, design) =>
            {
                var own = rows.Problem.Chunks is null ? held.Value : RowQuantities.Of(part, design, solution, cancellation);
                Add(part, design.Gathered, row => score(own, row), sums, cancellation);
            },
            cancellation
        );
        var (score0, byRow) = gathered.Pass.Expand(sums);
        var (_, products) = gathered.Reduce(score0, byRow);
        return gathered.ModelLayout.Assemble(products, solution.Prepared.Active);
    }

    static void Add(
        GlmProblem part,
        BinGathering gathered,
        Func<int, double> score,
        double[] sums,
        CancellationToken cancellation
    ) =>
        RowBlocks.Accumulate(
            part.RowCount,
            part.Threads,
            sums,
            (block, partial) =>
            {
                var work = new double[gathered.Pass.WorkLength];
                var squares = new double[ProductKernel.TileRows];
                for (var start = block.Start; start < block.End; start += ProductKernel.TileRows)
                {
                    var count = Math.Min(ProductKernel.TileRows, block.End - start);
                    for (var i = 0; i < count; i++)
                    {
                        var u = score(start + i);
                        squares[i] = u * u;
                    }
                    gathered.Pass.Add(squares.AsSpan(0, count), squares.AsSpan(0, count), start, work, partial);
                }
            },
            cancellation
        );

    double[] OfClusters(Column column)
    {
        var (codes, count) = CodesOf(column);
        var (design, sums) = (new DesignRows(solution.Prepared), new double[count * p]);
        var (positions, values) = (new int[design.Widest], new double[design.Widest]);
        for (var row = 0; row < codes.Length; row++)
        {
            var entries = design.Fill(row, positions, values);
            for (var e = 0; e < entries; e++)
                sums[codes[row] * p + positions[e]] += held.Value.Score[row] * values[e];
        }
        var meat = new double[p * p];
        for (var cluster = 0; cluster < count; cluster++)
        {
            var own = sums.AsSpan(cluster * p, p);
            for (var i = 0; i < p; i++)
                Reduce.AddScaled(own[i] * count / (count - 1.0), own, meat.AsSpan(i * p, p));
        }
        return meat;
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
