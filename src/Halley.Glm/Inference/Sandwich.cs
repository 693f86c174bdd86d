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

    /// <summary>Covariance of the declared coefficients in the design's order, NaN where there is no estimate.</summary>
    /// <param name="cluster">Column that names the clusters; for <see cref="ErrorKind.Clustered"/> alone.</param>
    internal SymmetricMatrix Covariance(ErrorKind kind, string? cluster, CancellationToken cancellation)
    {
        var n = rows.Problem.RowCount;
        var scale = kind == ErrorKind.RobustScaled ? n / (n - solution.EffectiveDegrees) : 1;
        var (size, active) = (solution.States.Count, solution.Prepared.Active);
        if (solution.Bordered is { } model)
        {
            var inner =
                kind == ErrorKind.Clustered
                    ? OfClustersBy(model, cluster!, ref scale, cancellation)
                    : BorderedMeat.OfRows(
                        model,
                        new(
                            solution.Design.Gathered.ModelLayout,
                            OfRows(kind, cancellation),
                            active,
                            solution.Prepared.Elimination!
                        )
                    );
            var bordered = new BorderedSandwich(model, inner, scale);
            return new(size, bordered.At);
        }
        var meat =
            kind == ErrorKind.Clustered
                ? OfClusters(cluster!, cancellation)
                : solution.Design.Gathered.ModelLayout.Assemble(OfRows(kind, cancellation), active);
        var covariance = DenseProduct.Around(solution.UnscaledInverse, meat, p);
        foreach (ref var value in covariance.AsSpan())
            value *= scale;
        return new(size, DeclaredCovariance.Of(solution.Design, solution.States, active, covariance));
    }

    /// <summary>Σ u²·x·x′ in the model's layout; u over 1 − leverage for <see cref="ErrorKind.RobustJackknife"/>.</summary>
    double[] OfRows(ErrorKind kind, CancellationToken cancellation)
    {
        var (design, isJackknife) = (solution.Design, kind == ErrorKind.RobustJackknife);
        var sums = new PassSums(design, 0);
        rows.Problem.ForEach(
            design,
            (part, columns) =>
            {
                var own = QuantitiesOf(part, columns, isJackknife, cancellation);
                sums.Add(
                    part,
                    columns.Gathered.Pass,
                    (_, _, start, u, h, _, _) =>
                    {
                        for (var i = 0; i < u.Length; i++)
                        {
                            var score = own.Score[start + i] / (isJackknife ? 1 - own.Leverage[start + i] : 1);
                            (u[i], h[i]) = (score * score, score * score);
                        }
                    },
                    cancellation
                );
            },
            cancellation
        );
        return sums.Reduced().Products;
    }

    /// <summary>What the rows held have already, where they are in memory and leverages cost little or are wanted.</summary>
    RowQuantities QuantitiesOf(GlmProblem part, GlmDesign design, bool leverage, CancellationToken cancellation) =>
        rows.Problem.Chunks is null && (leverage || solution.Bordered is null)
            ? held.Value
            : RowQuantities.Of(part, design, solution, cancellation, leverage);

    /// <summary>The clusters' sums where a factor's levels are solved for first.</summary>
    ClusterMeat OfClustersBy(BorderedCovariance model, string name, ref double scale, CancellationToken cancellation)
    {
        var (count, codesOf) = ClustersOf(name);
        scale *= count / (count - 1.0);
        var meat = new ClusterMeat(model, model.PlaceOfActive, model.LevelCount);
        var atOnce = Math.Max(1, SumsAtOnce / Math.Max(model.RestCount, 1));
        for (var first = 0; first < count; first += atOnce)
        {
            var sums = meat.Over(first, Math.Min(atOnce, count - first));
            rows.Problem.ForEach(
                solution.Design,
                (part, design) => AddClusters(codesOf(part), ScoresOf(part, design, cancellation), design, sums.Add),
                cancellation
            );
            sums.Close();
        }
        return meat;
    }

    double[] OfClusters(string name, CancellationToken cancellation)
    {
        var (count, codesOf) = ClustersOf(name);
        var meat = new double[p * p];
        // As many clusters at a time as fit into memory.
        var atOnce = Math.Max(1, SumsAtOnce / p);
        for (var first = 0; first < count; first += atOnce)
        {
            var (start, sums) = (first, new double[Math.Min(atOnce, count - first) * p]);
            rows.Problem.ForEach(
                solution.Design,
                (part, design) =>
                    AddClusters(
                        codesOf(part),
                        ScoresOf(part, design, cancellation),
                        design,
                        (cluster, position, value) =>
                        {
                            var place = (long)(cluster - start) * p + position;
                            if (place >= 0 && place < sums.Length)
                                sums[place] += value;
                        }
                    ),
                cancellation
            );
            for (var place = 0; place < sums.Length; place += p)
            {
                var own = sums.AsSpan(place, p);
                for (var i = 0; i < p; i++)
                    Reduce.AddScaled(own[i] * count / (count - 1.0), own, meat.AsSpan(i * p, p));
            }
        }
        return meat;
    }

    /// <summary>Shows u·x of each row, entry by entry, with its cluster.</summary>
    void AddClusters(int[] codes, double[] scores, GlmDesign design, Action<int, int, double> add)
    {
        var own = new DesignRows(solution.Prepared with { Design = design });
        var (positions, values) = (new int[own.Widest], new double[own.Widest]);
        for (var row = 0; row < codes.Length; row++)
        {
            var entries = own.Fill(row, positions, values);
            for (var e = 0; e < entries; e++)
                add(codes[row], positions[e], scores[row] * values[e]);
        }
    }

    double[] ScoresOf(GlmProblem part, GlmDesign design, CancellationToken cancellation) =>
        QuantitiesOf(part, design, leverage: false, cancellation).Score;

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
