namespace Halley.Models;

/// <summary>A model in another library's format, and how far its predictions are from the model's own.</summary>
/// <param name="File">The file's bytes.</param>
/// <param name="Inputs">What the file is given, in order.</param>
/// <param name="Computed">Inputs that the model itself computes by an expression: whoever scores the file computes them first.</param>
/// <param name="Rows">Rows by which the two were compared.</param>
/// <param name="LargestDifference">Relative, of predictions at exposure 1; of classes over all their probabilities.</param>
/// <param name="LeftOut">What the model tells beside its prediction and the file does not.</param>
public sealed record ExportedModel(
    byte[] File,
    IReadOnlyList<ScorerInput> Inputs,
    IReadOnlyList<DerivedFeature> Computed,
    int Rows,
    double LargestDifference,
    IReadOnlyList<string> LeftOut
);
