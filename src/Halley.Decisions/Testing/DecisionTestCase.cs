using System.Text.Json;

namespace Halley.Decisions;

/// <summary>A record and what a decision must answer to it.</summary>
public sealed record DecisionTestCase
{
    public required string Name { get; init; }

    /// <summary>A JSON object: the record.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>The action expected; null where any will do.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// Values expected, by name: outputs, or steps of the explained answer. A number is compared within the tolerance, null means
    /// missing or left out.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Expected { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Names of reasons (rules, lanes, templates) expected among those told, in any order; null where any will do.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Fields expected to be refused; with these, nothing else is looked at. Null where the record must be accepted.</summary>
    public IReadOnlyList<string>? Refused { get; init; }

    /// <summary>Whether a fallback must have answered. Default: no.</summary>
    public bool Fallback { get; init; }

    /// <summary>Largest difference of a number, range [0, ∞). Default 1e-9.</summary>
    public double Tolerance { get; init; } = 1e-9;
}
