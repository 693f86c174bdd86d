namespace Halley.Forecasting;

/// <summary>The calendar unit that steps of a series are counted in.</summary>
public enum StepUnit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
