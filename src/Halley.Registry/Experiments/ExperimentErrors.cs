using Halley.Data;

namespace Halley.Registry;

static class ExperimentErrors
{
    internal static HalleyException NoPlace(ExperimentDraft draft) =>
        new(
            "HLY5231",
            $"{draft.Release} is neither challenger nor shadow in '{draft.Environment}': there is nothing to compare. Put it there with 'halley promote {draft.Release} --to {draft.Environment} --as challenger --share 0.1', or give --share."
        );

    internal static HalleyException Running(Experiment other) =>
        new(
            "HLY5232",
            $"an experiment on {other.Release} runs in '{other.Environment}' since {other.At:yyyy-MM-dd} ({other.Id}). Its rules were fixed before its first decision; end it with 'halley experiment stop {other.Id}' before another begins."
        );

    internal static HalleyException Unknown(string id) =>
        new("HLY5233", $"there is no experiment '{id}'. 'halley experiment status' lists all.");

    internal static HalleyException Ended(ExperimentEnd end) =>
        new("HLY5234", $"experiment {end.Experiment} was ended on {end.At:yyyy-MM-dd} by {end.By.Name}: {end.Why}");

    internal static HalleyException BadPlan(string what) => new("HLY5235", $"the experiment cannot be planned: {what}.");

    internal static HalleyException NoExpected(VersionId release) =>
        new(
            "HLY5236",
            $"{release} is a shadow, and its value definition names no 'expected_output': a shadow's own outcomes are never seen. Name the output in value.yaml, or make it a challenger with --share."
        );
}
