namespace Halley.Server;

/// <summary>A request for scores: tensors in, and the outputs that are wanted.</summary>
/// <param name="Id">The caller's own name of the request, told back; null for none.</param>
/// <param name="Outputs">Names of the wanted outputs; empty for all.</param>
sealed record InferenceCall(string? Id, IReadOnlyList<InferenceTensor> Inputs, IReadOnlyList<string> Outputs);
