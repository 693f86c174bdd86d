namespace Halley.Forecasting;

/// <summary>How forecasts of all nodes are made to add up.</summary>
public enum ReconciliationMethod
{
    /// <summary>Sums of the bottom forecasts.</summary>
    BottomUp,

    /// <summary>The total's forecast, split by the mean past shares.</summary>
    TopDownShares,

    /// <summary>The total's forecast, split by the shares of past totals.</summary>
    TopDownTotals,

    /// <summary>Least squares, all nodes alike.</summary>
    Ols,

    /// <summary>Least squares, a node weighted by the number of series in it.</summary>
    Structural,

    /// <summary>Least squares, a node weighted by its one-step errors.</summary>
    Variance,

    /// <summary>Minimum trace with the covariance of one-step errors.</summary>
    Covariance,

    /// <summary>Minimum trace with that covariance shrunk towards its diagonal: the default.</summary>
    Shrink,
}
