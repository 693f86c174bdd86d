using System.Diagnostics.CodeAnalysis;

namespace Halley.Forecasting;

/// <summary>Ready-made forecasters.</summary>
public static class Forecasters
{
    /// <summary>
    /// Exponential smoothing averaged over its forms without trend or with a damped one, dynamic optimised Theta, complex smoothing and ARIMA, in the middle: the combination that did
    /// best on the last windows of the learning parts of M3.
    /// </summary>
    public static IForecaster Default { get; } =
        new CombinationForecaster(
            new EtsForecaster(new() { Averaged = true, OnlyDamped = true }),
            new ThetaForecaster(),
            new CesForecaster(),
            new ArimaForecaster()
        );

    static readonly Dictionary<string, Func<IForecaster>> ByName = new(StringComparer.Ordinal)
    {
        ["auto"] = () => new AutoForecaster(),
        ["combination"] = () => Default,
        ["ets"] = () => new EtsForecaster(),
        ["ets-average"] = () => new EtsForecaster(new() { Averaged = true }),
        ["arima"] = () => new ArimaForecaster(),
        ["theta"] = () => new ThetaForecaster(),
        ["ces"] = () => new CesForecaster(),
        ["mstl"] = () => new StlForecaster(),
        ["count"] = () => new CountForecaster(),
        ["croston"] = () => new IntermittentForecaster(IntermittentMethod.Croston),
        ["sba"] = () => new IntermittentForecaster(IntermittentMethod.Sba),
        ["tsb"] = () => new IntermittentForecaster(IntermittentMethod.Tsb),
        ["adida"] = () => new IntermittentForecaster(IntermittentMethod.Adida),
        ["imapa"] = () => new IntermittentForecaster(IntermittentMethod.Imapa),
        ["naive"] = () => new NaiveForecaster(),
        ["seasonal-naive"] = () => new NaiveForecaster(seasonal: true),
        ["drift"] = () => new DriftForecaster(),
        ["mean"] = () => new MeanForecaster(),
    };

    /// <summary>Names that <see cref="TryNamed"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The forecaster of a name at its usual settings.</summary>
    public static bool TryNamed(string name, [NotNullWhen(true)] out IForecaster? forecaster)
    {
        forecaster = ByName.TryGetValue(name, out var make) ? make() : null;
        return forecaster is not null;
    }
}
