namespace Halley.Registry;

/// <summary>A model in the register.</summary>
/// <param name="Versions">Registered versions.</param>
/// <param name="Card">Null where nobody has said who answers for it.</param>
/// <param name="Live">Where it answers, for example <c>production: motor-quote@3 by claim-count@2</c>.</param>
/// <param name="IsOverdue">Whether its review was to be before today.</param>
public sealed record RegisterLine(string Model, int Versions, ModelCard? Card, IReadOnlyList<string> Live, bool IsOverdue);
