using System.Diagnostics.CodeAnalysis;

namespace Halley.Forecasting;

/// <summary>Ready-made forecasters.</summary>
public static class Forecasters
{
    /// <summary>Exponential smoothing, dynamic optimised Theta and complex smoothing, in the middle.</summary>
    public static IForecaster Default { get; } =
        new CombinationForecaster(new EtsForecaster(), new ThetaForecaster(), new CesForecaster());

    static readonly Dictionary<string, Func<IForecaster>> ByName = new(StringComparer.Ordinal)
    {
        ["auto"] = () => new AutoForecaster(),
        ["combination"] = () => Default,
        ["ets"] = () => new EtsForecaster(),
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
