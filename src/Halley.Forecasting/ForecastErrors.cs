using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Halley.Data;

namespace Halley.Forecasting;

/// <summary>What forecasting refuses. Codes HLY2300 to HLY2339.</summary>
static class ForecastErrors
{
    [DoesNotReturn]
    internal static void ThrowTooShort(TimeSeries series, string model, int needed) =>
        throw new HalleyException(
            "HLY2300",
            $"series '{series.Id}': {model} needs at least {needed} values; it has {series.Length}. Add history, or choose 'naive'."
        );

    [DoesNotReturn]
    internal static void ThrowMissing(TimeSeries series, string model, int step) =>
        throw new HalleyException(
            "HLY2301",
            $"series '{series.Id}', step {step + 1}: the value is missing, which {model} can't fit. "
                + "Fill the gap, or start the series after it."
        );

    [DoesNotReturn]
    internal static void ThrowInfinite(TimeSeries series, int step) =>
        throw new HalleyException(
            "HLY2302",
            string.Create(
                CultureInfo.InvariantCulture,
                $"series '{series.Id}', step {step + 1}: {series.Values[step]} is not a number that can be forecast. Correct it, or leave it empty."
            )
        );

    [DoesNotReturn]
    internal static void ThrowNotPositive(TimeSeries series, string model, int step) =>
        throw new HalleyException(
            "HLY2303",
            string.Create(
                CultureInfo.InvariantCulture,
                $"series '{series.Id}', step {step + 1}: {series.Values[step]} is outside the domain y > 0 of {model}. Choose an additive form."
            )
        );

    [DoesNotReturn]
    internal static void ThrowBadOptions(string model, IReadOnlyList<string> problems) =>
        throw new HalleyException("HLY2304", $"options of '{model}': {string.Join(" ", problems)}");

    [DoesNotReturn]
    internal static void ThrowNegative(TimeSeries series, string model, int step) =>
        throw new HalleyException(
            "HLY2305",
            string.Create(
                CultureInfo.InvariantCulture,
                $"series '{series.Id}', step {step + 1}: {series.Values[step]} is negative, and {model} forecasts demand, y ≥ 0. Correct it, or choose 'ets'."
            )
        );

    [DoesNotReturn]
    internal static void ThrowIncoherent(string problem) => throw new HalleyException("HLY2306", $"hierarchy: {problem}");
}
