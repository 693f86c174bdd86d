using Halley.Decisions;

namespace Halley.Cli;

/// <param name="Rows">Records of the file.</param>
/// <param name="Refused">Records that are not as the schema wants them.</param>
/// <param name="Fallbacks">Records that another than the release answered.</param>
/// <param name="Failures">How often each part failed, the most frequent first.</param>
sealed record BatchTally(long Rows, long Refused, long Fallbacks, IReadOnlyList<(DecisionFailure Failure, int Count)> Failures);
