namespace Halley.Decisions;

/// <summary>The answers to a table of records.</summary>
/// <param name="Answers">
/// A row for each record, in order: the id column, <c>action</c>, each output, <c>check_drawn</c> and <c>check_probability</c> with
/// random checks, <c>reasons</c>, <c>answered_by</c> (release, previous-release, table or refer), <c>problems</c> (what is wrong with
/// a refused record, which has no other value) and, where asked for, <c>steps.NAME</c>.
/// </param>
/// <param name="Refused">Records that are not as the schema wants them.</param>
/// <param name="Fallbacks">Records that another than the release answered.</param>
/// <param name="Failures">How often each part failed, the most frequent first.</param>
public sealed record BatchResult(
    Table Answers,
    int Refused,
    int Fallbacks,
    IReadOnlyList<(DecisionFailure Failure, int Count)> Failures
);
