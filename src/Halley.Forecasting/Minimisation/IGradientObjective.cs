namespace Halley.Forecasting;

/// <summary>A smooth function with its gradient.</summary>
interface IGradientObjective
{
    /// <summary>Value at <paramref name="x"/>, shape (k); its gradient is left in <paramref name="gradient"/>, shape (k).</summary>
    /// <returns>+∞ outside the domain; the gradient then is not set.</returns>
    double Evaluate(ReadOnlySpan<double> x, Span<double> gradient);
}
