namespace Halley.Models;

/// <summary>What a prediction is asked for.</summary>
public enum PredictMode
{
    /// <summary>The expected total over each row's years at risk: exposure × the prediction at exposure 1.</summary>
    ExposureApplied,

    /// <summary>The prediction for one year at risk; the only one a model without exposure knows. The offset column still counts.</summary>
    AtExposureOne,

    /// <summary>The score before the link, exposure and offset column left out; the score of a model below is in it.</summary>
    Raw,
}
