using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>What became of one variant.</summary>
/// <param name="Record">The decision; null where the variant was refused.</param>
/// <param name="Problems">All that is wrong with it; empty where it was decided.</param>
sealed record VariantAnswer(string Name, DecisionRecord? Record, IReadOnlyList<FieldProblem> Problems);

/// <summary>How a request with variants ended.</summary>
/// <param name="Failure">Why no variant was decided; null where one was.</param>
/// <param name="Answers">In the order of the request.</param>
sealed record VariantsOutcome(DecisionOutcome? Failure, IReadOnlyList<VariantAnswer> Answers);
