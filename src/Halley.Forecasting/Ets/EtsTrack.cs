namespace Halley.Forecasting;

/// <summary>Working memory of one recursion over n steps with seasons of m: states before each step, and forecasts.</summary>
/// <remarks>
/// <code>
/// Season   [ s of step 0 … s of step m−1 | s set by step 0 … s set by step n−1 ]     step t uses t, sets t + m
/// Level    [ initial | after step 0 … after step n−1 ]
/// </code>
/// </remarks>
sealed class EtsTrack(int n, int m)
{
    internal int Count { get; } = n;
    internal int Period { get; } = m;
    internal double[] Level { get; } = new double[n + 1];
    internal double[] Slope { get; } = new double[n + 1];
    internal double[] Season { get; } = new double[n + m];
    internal double[] Fitted { get; } = new double[n];

    // Adjoints: derivative of the objective by the same quantities.
    internal double[] FittedBar { get; } = new double[n];
    internal double[] SeasonBar { get; } = new double[n + m];
    internal double[] Scratch { get; } = new double[n];

    internal void Start(EtsParameters parameters)
    {
        Level[0] = parameters.Level;
        Slope[0] = parameters.Slope;
        parameters.Season.CopyTo(Season, 0);
    }
}
