namespace Halley.Data;

/// <summary>How a learner uses the exposure column.</summary>
public enum ExposureUse
{
    /// <summary>The target is a total over the years at risk; log(exposure) is an offset. Needs the log link.</summary>
    Offset,

    /// <summary>The target is divided by the years at risk, which multiply the weight: a rate a year.</summary>
    Rate,
}
