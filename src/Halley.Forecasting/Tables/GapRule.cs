namespace Halley.Forecasting;

/// <summary>What stands in place of steps that a series leaves out between its first and its last.</summary>
public enum GapRule
{
    /// <summary>Refuse them: they may be lost rows.</summary>
    Refuse,

    /// <summary>Nothing happened: 0, as for counts of claims.</summary>
    Zero,

    /// <summary>The value before.</summary>
    Previous,

    /// <summary>A straight line between the neighbours.</summary>
    Interpolate,

    /// <summary>Unknown: only for models that take gaps (arima, count).</summary>
    Keep,
}
