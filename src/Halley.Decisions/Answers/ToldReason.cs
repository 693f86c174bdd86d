namespace Halley.Decisions;

/// <summary>A reason as the answer tells it.</summary>
/// <param name="Name">Of the rule, lane or template; <c>random_check</c> and <c>fallback</c> for those.</param>
/// <param name="Sentence">In the caller's words.</param>
/// <param name="Contribution">On the scale of the model's score; NaN where the reason is a rule's.</param>
public sealed record ToldReason(string Name, string Sentence, double Contribution);
