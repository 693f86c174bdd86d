namespace Halley.Decisions;

/// <summary>A model as a decision uses it.</summary>
public sealed record ModelUse
{
    /// <summary>The name of its prediction in formulas, for example <c>frequency</c>.</summary>
    public required string Alias { get; init; }

    /// <summary><c>name@version</c> or <c>name@alias</c>; a release pins it to a version.</summary>
    public required string Reference { get; init; }

    /// <summary>Formulas for fields of the model that are named otherwise here; the rest are taken by their own name.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();
}
