using System.Text.Json.Nodes;

namespace Halley.Client;

/// <summary>One request for a decision.</summary>
public sealed record DecisionRequest
{
    /// <summary>Values of the decision's inputs by name.</summary>
    public required JsonObject Inputs { get; init; }

    /// <summary>
    /// Names the request: sent again under one key, it is decided once and gets its first answer. 1 to 200 characters; null
    /// takes a new one, which holds for the attempts of this call only.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The customer, policy or claim that the decision is about; decides the arm of a split.</summary>
    public string? UnitId { get; init; }

    /// <summary>Whether the answer also carries the steps. Default false.</summary>
    public bool Explain { get; init; }

    /// <summary>Whether the request is a test: logged apart, and counted nowhere. Default false.</summary>
    public bool IsTest { get; init; }

    /// <summary>Day on which the decision takes effect; null is today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Version of the decision's schema that the caller was built for; null takes the live one.</summary>
    public string? Schema { get; init; }
}
