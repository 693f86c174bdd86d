namespace Halley.Statistics;

/// <summary>Totals of the rows of one group, such as a factor level.</summary>
/// <param name="Group">Number of the group, from 0.</param>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Exposure">Years at risk.</param>
/// <param name="Actual">Observed total.</param>
/// <param name="Expected">Predicted total.</param>
/// <param name="Ratio">Actual over expected with its interval.</param>
public readonly record struct GroupTotals(
    int Group,
    int RowCount,
    double Exposure,
    double Actual,
    double Expected,
    Estimate Ratio
);
