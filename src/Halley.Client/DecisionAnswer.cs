using System.Text.Json;

namespace Halley.Client;

/// <summary>What was decided.</summary>
public sealed record DecisionAnswer
{
    /// <summary>Id of the logged decision, which outcomes name; null where <see cref="IsLocal"/>.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>Name of the decision.</summary>
    public required string Decision { get; init; }

    /// <summary>Release that decided, as <c>motor-quote@12</c>; null where a local fallback knows none.</summary>
    public string? Release { get; init; }

    /// <summary>What to do, for example <c>accept</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Outputs by name; amounts of money keep all their decimals.</summary>
    public IReadOnlyDictionary<string, JsonElement> Outputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Why, in sentences.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Whether the server answered by the decision's declared fallback.</summary>
    public bool Fallback { get; init; }

    /// <summary>Whether the local fallback answered: no log holds this answer.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Values of the steps in their order; empty unless asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Steps { get; init; } = [];

    /// <summary>An output as an amount of money.</summary>
    /// <exception cref="KeyNotFoundException">The answer has no such output, as after an action that goes without it.</exception>
    public decimal Money(string output) => Outputs[output].GetDecimal();

    /// <summary>An output as a number.</summary>
    /// <exception cref="KeyNotFoundException">The answer has no such output.</exception>
    public double Number(string output) => Outputs[output].GetDouble();

    /// <summary>An output as a text.</summary>
    /// <exception cref="KeyNotFoundException">The answer has no such output.</exception>
    public string? Text(string output) => Outputs[output].GetString();
}
