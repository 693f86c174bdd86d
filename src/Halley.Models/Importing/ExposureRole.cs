namespace Halley.Models;

/// <summary>How the years at risk came into the training of a model that another library fitted.</summary>
public enum ExposureRole
{
    /// <summary>log(exposure) was an offset (XGBoost <c>base_margin</c>, LightGBM <c>init_score</c>, CatBoost <c>baseline</c>); the target was a total.</summary>
    Offset,

    /// <summary>The target was divided by the exposure, which was the rows' weight: predictions are a year's.</summary>
    Weight,

    /// <summary>The exposure is one of the model's features.</summary>
    Feature,

    /// <summary>The exposure was not used: predictions are for whatever period the rows had.</summary>
    None,
}
