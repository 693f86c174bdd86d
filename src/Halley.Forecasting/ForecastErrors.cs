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

    [DoesNotReturn]
    internal static void ThrowCollinear(TimeSeries series, int regressor) =>
        throw new HalleyException(
            "HLY2307",
            regressor < 0
                ? $"series '{series.Id}': it is too short for a constant beside its differences. Leave the constant out."
                : $"series '{series.Id}', {Regressor(series, regressor)}: after differencing it says nothing that the constant or the regressors "
                    + "before it do not say. Leave it out."
        );

    [DoesNotReturn]
    internal static void ThrowNoFuture(TimeSeries series, int regressor, int step) =>
        throw new HalleyException(
            "HLY2308",
            $"series '{series.Id}', {Regressor(series, regressor)}: its value {step + 1} steps after the end is not known, and the forecast needs it. "
                + "Give the regressor for every step of the horizon, or leave it out."
        );

    [DoesNotReturn]
    internal static void ThrowBadRegressor(TimeSeries series, int regressor, int step) =>
        throw new HalleyException(
            "HLY2309",
            string.Create(
                CultureInfo.InvariantCulture,
                $"series '{series.Id}', {Regressor(series, regressor)}, step {step + 1}: {series.Regressors[regressor][step]} can't be used. Fill it in, or leave the regressor out."
            )
        );

    [DoesNotReturn]
    internal static void ThrowNoFutureExposure(TimeSeries series, int step) =>
        throw new HalleyException(
            "HLY2310",
            $"series '{series.Id}': its exposure {step + 1} steps after the end is not known or not above 0, and the forecast is per exposure. "
                + "Give the planned exposure of every step of the horizon."
        );

    [DoesNotReturn]
    internal static void ThrowBadExposure(TimeSeries series, int step) =>
        throw new HalleyException(
            "HLY2311",
            string.Create(
                CultureInfo.InvariantCulture,
                $"series '{series.Id}', step {step + 1}: an exposure of {series.Exposure![step]} can't be divided by. Correct it, or start the series after it."
            )
        );

    static string Regressor(TimeSeries series, int regressor) =>
        regressor < series.RegressorNames.Count
            ? $"regressor '{series.RegressorNames[regressor]}'"
            : $"regressor {(regressor + 1).ToString(CultureInfo.InvariantCulture)}";
}
