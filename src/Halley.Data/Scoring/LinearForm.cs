namespace Halley.Data;

/// <summary>A linear predictor as plain data, for other programs: the constant plus a sum of terms.</summary>
/// <param name="Inputs">What it reads.</param>
public sealed record LinearForm(IReadOnlyList<ScorerInput> Inputs, double Constant, IReadOnlyList<LinearFormTerm> Terms);
