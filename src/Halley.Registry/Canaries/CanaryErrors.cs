using Halley.Data;

namespace Halley.Registry;

static class CanaryErrors
{
    internal static HalleyException BadPlan(string environment, IEnumerable<string> problems) =>
        new("HLY5241", $"the canary of '{environment}' cannot run: {string.Join("; ", problems)}. Mend canary.yaml.");

    internal static HalleyException Running(Canary other) =>
        new(
            "HLY5242",
            $"{other.Release} is a canary in '{other.Plan.Environment}' since {other.At:yyyy-MM-dd HH:mm}. Let it pass, or end it with 'halley canary abort {other.Release} --in {other.Plan.Environment}'."
        );

    internal static HalleyException NoChampion(string environment, VersionId release) =>
        new(
            "HLY5243",
            $"'{release.Name}' has no champion in '{environment}', beside whom a canary could be watched. Promote one first."
        );

    internal static HalleyException IsThere(string environment, VersionId release) =>
        new(
            "HLY5244",
            $"{release} answers in '{environment}' already. A canary begins with a release that does not: withdraw it first."
        );

    internal static HalleyException None(string environment, VersionId release) =>
        new("HLY5245", $"{release} is no running canary in '{environment}'. See 'halley canary status'.");
}
