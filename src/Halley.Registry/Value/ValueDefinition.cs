using Halley.Data;

namespace Halley.Registry;

/// <summary>What one decision is worth, in money: declared once, the same for every release that is compared.</summary>
public sealed record ValueDefinition
{
    /// <summary>Name of the decision.</summary>
    public required string Decision { get; init; }

    /// <summary>For example <c>EUR</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>The value is the sum of these.</summary>
    public required IReadOnlyList<ValueTerm> Terms { get; init; }

    /// <summary>What a unit is called: <c>customer</c>, <c>claim</c>. Default <c>unit</c>.</summary>
    public string Unit { get; init; } = "unit";

    /// <summary>Decisions younger than this are left out: their outcomes have not had the time to come. Default none.</summary>
    public TimeSpan Maturity { get; init; }

    /// <summary>Output that holds the decision's own expected value in the same money; needed to compare a shadow. Null for none.</summary>
    public string? ExpectedOutput { get; init; }

    /// <summary>The smallest difference a unit that matters, in money: a verdict may say that there is none larger. Above 0; null for none.</summary>
    public double? MinimumDifference { get; init; }

    /// <exception cref="HalleyException">HLY5601: every problem at once.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        if (Terms.Count == 0)
            problems.Add("it has no terms");
        foreach (var term in Terms)
        {
            if (!double.IsFinite(term.Factor))
                problems.Add($"a term's factor is {term.Factor}");
            if (term.Output is null && term.Outcome is null)
                problems.Add("a term names neither an output nor an outcome");
            if (term.Cap is { } cap && !(cap > 0 && double.IsFinite(cap)))
                problems.Add($"a term's cap is {cap}; it must be above 0");
            if (term.Outcome is null && (term.Cap is not null || term.Development is not null))
                problems.Add("a term without an outcome has a cap or a development pattern");
            problems.AddRange(term.Development?.Problems() ?? []);
        }
        if (string.IsNullOrWhiteSpace(Currency))
            problems.Add("it names no currency");
        if (Maturity < TimeSpan.Zero)
            problems.Add("its maturity is negative");
        if (MinimumDifference is { } minimum && !(minimum > 0 && double.IsFinite(minimum)))
            problems.Add($"its minimum difference is {minimum}; it must be above 0");
        if (Terms.Any(term => term.Development is { } pattern && pattern.ShareAt(Maturity.TotalDays) <= 0))
            problems.Add(
                "an outcome develops and decisions count from the first day on: give a maturity, by which something is known"
            );
        if (problems.Count > 0)
            throw new HalleyException("HLY5601", $"the value of '{Decision}' cannot be computed: {string.Join("; ", problems)}.");
    }
}
