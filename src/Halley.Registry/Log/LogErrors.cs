using System.Globalization;
using Halley.Data;

namespace Halley.Registry;

static class LogErrors
{
    internal static HalleyException Busy(int capacity) =>
        new(
            DecisionLog.BusyCode,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the decision log cannot take more: {capacity} appends wait for the disk. Nothing was logged; send the request again in a second."
            ),
            FaultKind.Environment
        );

    internal static HalleyException Closed() =>
        new(
            DecisionLog.ClosedCode,
            "the decision log is closed: the process is stopping. Nothing was logged; send the request again.",
            FaultKind.Environment
        );

    internal static HalleyException BadRecord(string problem) => new("HLY5404", $"the decision cannot be logged: {problem}.");

    internal static HalleyException BadOutcomes(IReadOnlyList<string> problems) =>
        new(
            "HLY5501",
            $"no outcome was taken, {problems.Count} cannot be: {List(problems)}. Correct or leave out these, then send all again."
        );

    internal static HalleyException OvertakenOutcomes(IReadOnlyList<string> problems) =>
        new("HLY5502", $"all outcomes were taken but {problems.Count}: {List(problems)}. Give these another id.");

    static string List(IReadOnlyList<string> problems) =>
        string.Join("; ", problems.Take(MaximumListed))
        + (problems.Count > MaximumListed ? $"; and {problems.Count - MaximumListed} more" : "");

    const int MaximumListed = 20;
}
