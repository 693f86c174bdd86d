namespace Halley.Sources.Generation;

/// <summary>Schemas of the generated tables.</summary>
public static class MotorSchemas
{
    /// <summary>A row for every policy year seen.</summary>
    public static Schema Policies { get; } = Of(PolicyRow.Layout);

    /// <summary>A row for every claim of a policy.</summary>
    public static Schema Claims { get; } = Of(ClaimRow.Layout);

    /// <summary>A row for every quote asked for.</summary>
    public static Schema Quotes { get; } = Of(QuoteRow.Layout);

    /// <summary>A row for every calendar month.</summary>
    public static Schema Monthly { get; } = Of(MonthRow.Layout);

    /// <summary>What is known of a risk when a price is asked for.</summary>
    public static Schema Risk { get; } = Of(RiskFields.Layout);

    /// <summary>What is known of a claim when it is reported.</summary>
    public static Schema ReportedClaim { get; } = Of(ClaimRow.FactLayout);

    /// <summary>What is known when a quote is asked for.</summary>
    public static Schema RequestedQuote { get; } = Of(QuoteRow.FactLayout);

    static Schema Of<T>(RecordLayout<T> layout) => new(layout.Fields);
}
