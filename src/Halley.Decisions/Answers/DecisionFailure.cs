namespace Halley.Decisions;

/// <summary>A part of a decision that gave no usable value.</summary>
/// <param name="Part">For example <c>model 'frequency' (claim-count@3)</c>.</param>
/// <param name="Why">In words, without a full stop.</param>
public sealed record DecisionFailure(string Part, string Why)
{
    public override string ToString() => $"{Part}: {Why}";
}
