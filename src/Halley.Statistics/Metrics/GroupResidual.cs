namespace Halley.Statistics;

/// <summary>Rows of a group taken together, because a single claim says nothing of a model.</summary>
/// <param name="Group">Number of the group, from 0.</param>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Size">Years at risk, or weight.</param>
/// <param name="Observed">Σ w·y.</param>
/// <param name="Fitted">Σ w·μ.</param>
/// <param name="Residual">(Σ w·y − Σ w·μ)/√(φ·Σ w·V(μ)): about standard normal under the model. NaN where the variance is 0.</param>
public readonly record struct GroupResidual(
    int Group,
    int RowCount,
    double Size,
    double Observed,
    double Fitted,
    double Residual
);
