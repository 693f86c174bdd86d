namespace Halley.Glm;

/// <summary>Rows of neighbouring fitted means, taken together.</summary>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Exposure">Their years at risk times weight; the weight where there is no exposure.</param>
/// <param name="Observed">Σ w·y.</param>
/// <param name="Fitted">Σ w·μ.</param>
/// <param name="Residual">(observed − fitted) over its standard error under the model.</param>
public sealed record CrunchedResidual(int RowCount, double Exposure, double Observed, double Fitted, double Residual);
