namespace Halley.Registry;

/// <summary>Verdicts by name, and what they say about fraud.</summary>
public static class FraudVerdicts
{
    /// <summary>Kind of the outcome that holds a verdict; its value is the amount recovered.</summary>
    public const string Kind = "fraud_verdict";

    /// <summary>Kind of the outcome that holds the hours worked on a claim.</summary>
    public const string HoursKind = "fraud_hours";

    /// <summary>As files and requests write them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. Enum.GetNames<FraudVerdict>().Select(name => name.ToLowerInvariant())];

    /// <summary>The verdict of that name; null where there is none.</summary>
    public static FraudVerdict? Find(string name) =>
        Names.Contains(name) ? Enum.Parse<FraudVerdict>(name, ignoreCase: true) : null;

    /// <summary>1 for fraud, 0 for none; null where it is not known.</summary>
    public static double? Label(this FraudVerdict verdict) =>
        verdict switch
        {
            FraudVerdict.Substantiated => 1,
            FraudVerdict.Unsubstantiated => 0,
            _ => null,
        };

    /// <summary>Whether a handler took the claim up; null while it waits.</summary>
    internal static bool? IsAccepted(this FraudVerdict verdict) =>
        verdict switch
        {
            FraudVerdict.Pending => null,
            FraudVerdict.Rejected => false,
            _ => true,
        };
}
