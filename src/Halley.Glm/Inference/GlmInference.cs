using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>What can be asked of a fit after it: tests of terms, covariances, intervals, residuals. Holds the learn rows.</summary>
public sealed partial class GlmInference
{
    readonly LearnRows rows;
    readonly GlmSolution solution;
    readonly GlmOptions options;
    readonly Lazy<RowQuantities> quantities;
    readonly Lazy<double[]> declaredBasis;

    internal GlmInference(LearnRows rows, GlmSolution solution, GlmOptions options)
    {
        (this.rows, this.solution, this.options) = (rows, solution, options);
        quantities = new(QuantitiesOfRows);
        declaredBasis = new(() => DeclaredBasis.Of(solution.Prepared));
        Dispersion = solution.DispersionIn(rows.Problem);
    }

    RowQuantities QuantitiesOfRows()
    {
        if (Problem.Chunks is not null)
            GlmErrors.ThrowNoRows();
        return RowQuantities.Of(Problem, Design, solution, default);
    }

    /// <summary>The learn rows with a positive weight.</summary>
    internal Table LearnTable
    {
        get
        {
            if (Problem.Chunks is not null)
                GlmErrors.ThrowNoRows();
            return rows.Table;
        }
    }

    /// <summary>The design as it was fitted.</summary>
    internal GlmDesign FittedDesign => solution.Design;

    /// <summary>What the learn rows of each code hold, shape (count).</summary>
    /// <param name="codesOf">Code of each of some rows.</param>
    internal CellSummary[] Cells(Func<GlmProblem, int[]> codesOf, int count) =>
        RowSummary.Of(codesOf, count, new(Problem, solution, default), default);

    GlmProblem Problem => rows.Problem;

    GlmDesign Design => solution.Design;

    int[] Active => solution.Prepared.Active;

    /// <summary>1 where the family fixes it, else Pearson's statistic over the residual degrees of freedom.</summary>
    public double Dispersion { get; }

    double ResidualDegrees => Problem.RowCount - solution.EffectiveDegrees;

    /// <summary>Covariance of the coefficients, in their order; NaN for aliased and unbounded ones.</summary>
    /// <param name="cluster">Column of the learn table that names clusters of rows; for <see cref="ErrorKind.Clustered"/>.</param>
    /// <exception cref="ArgumentException">Clusters are asked for and no column is named, or the other way round.</exception>
    /// <exception cref="HalleyException">HLY1001: there is no such column; HLY2115: it holds one cluster only.</exception>
    public SymmetricMatrix Covariance(ErrorKind kind, string? cluster = null, CancellationToken cancellation = default)
    {
        if (kind == ErrorKind.Clustered != cluster is not null)
            throw new ArgumentException("a cluster column goes with clustered errors, and only with them.", nameof(cluster));
        if (kind != ErrorKind.Model)
            return new Sandwich(rows, solution, quantities).Covariance(kind, cluster, cancellation);
        if (solution.Bordered is { } bordered)
            return new(solution.States.Count, (i, j) => Dispersion * bordered.At(i, j));
        return new(solution.States.Count, [.. solution.UnscaledCovariance.Select(value => Dispersion * value)]);
    }

    /// <summary>Square roots of the diagonal of <see cref="Covariance"/>: +∞ for unbounded coefficients, NaN for aliased ones.</summary>
    public IReadOnlyList<double> StandardErrors(
        ErrorKind kind,
        string? cluster = null,
        CancellationToken cancellation = default
    ) => StandardErrors(Covariance(kind, cluster, cancellation));

    internal IReadOnlyList<double> StandardErrors(SymmetricMatrix covariance) =>
        [
            .. solution.States.Select(
                (state, i) =>
                    state switch
                    {
                        ColumnState.Estimated => Math.Sqrt(covariance[i, i]),
                        ColumnState.Aliased => double.NaN,
                        _ => double.PositiveInfinity,
                    }
            ),
        ];

    /// <summary>Internal coefficients of the active columns.</summary>
    double[] ActiveBeta() => [.. Active.Select(full => solution.InternalBeta[full])];

    /// <summary>Forms in the declared coefficients as forms in the internal ones.</summary>
    double[][] ToInternal(IEnumerable<double[]> declared) => [.. declared.Select(ToInternal)];

    /// <param name="declared">Over the active columns; over those that are not the factor's where one is solved for first.</param>
    double[] ToInternal(double[] declared)
    {
        if (solution.Bordered is { } bordered)
            return bordered.FormOfRest(declared);
        var p = Active.Length;
        var form = new double[p];
        for (var i = 0; i < p; i++)
        {
            if (declared[i] != 0)
                Reduce.AddScaled(declared[i], declaredBasis.Value.AsSpan(i * p, p), form);
        }
        return form;
    }
}
