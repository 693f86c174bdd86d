using Halley.Data;

namespace Halley.Registry;

static class RegistryErrors
{
    internal static HalleyException NoModel(string reference, IReadOnlyList<ModelVersion> versions) =>
        new(
            "HLY5110",
            versions.Count == 0
                ? $"there is no model '{reference}': no version of it is registered. Fit or import the model first."
                : $"there is no model '{reference}': registered are {string.Join(", ", versions.Select(version => version.Id))}."
        );

    internal static HalleyException NoAlias(string name, string alias, IEnumerable<string> aliases)
    {
        var known = string.Join(", ", aliases.Distinct().Order(StringComparer.Ordinal));
        return new(
            "HLY5111",
            $"model '{name}' has no alias '{alias}'{(known.Length > 0 ? $": it has {known}" : "")}. Set the alias, or name a version such as {name}@1."
        );
    }

    internal static HalleyException NoReference(string reference) =>
        new("HLY5112", $"'{reference}' names no model version. Write name@number or name@alias, for example claim-count@3.");

    internal static HalleyException NoRelease(VersionId id, IReadOnlyList<Release> releases) =>
        new(
            "HLY5113",
            releases.Count == 0
                ? $"there is no release {id}: '{id.Name}' has none. Make one with 'halley release'."
                : $"there is no release {id}: the newest is {releases[^1].Id}."
        );

    internal static HalleyException NotSound(ReleaseCheck check) =>
        new(
            "HLY5114",
            $"release {check.Release} is not sound: {string.Join("; ", check.Problems)}. Restore the store from a copy, or make the release again.",
            FaultKind.CheckFailed
        );

    internal static HalleyException NoReason(string what) =>
        new("HLY5204", $"{what} needs a reason, for the history. Give one, for example --why \"recalibrated on 2024\".");

    internal static HalleyException NothingToChange(PromotionDraft draft) =>
        new("HLY5205", $"{draft.Release} is {RoleName(draft.Role)} of '{draft.Environment}' already. Nothing was changed.");

    internal static HalleyException Overtaken(string environment, string decision) =>
        new(
            "HLY5206",
            $"'{decision}' in '{environment}' was changed by somebody else at the same moment. Nothing was changed. Look at the history, then repeat.",
            FaultKind.CheckFailed
        );

    internal static HalleyException NoPrevious(string environment, string decision) =>
        new("HLY5207", $"'{decision}' in '{environment}' had no champion before the present one. Promote a release instead.");

    internal static HalleyException NotThere(string environment, VersionId release) =>
        new(
            "HLY5208",
            $"{release} is neither challenger nor shadow in '{environment}', nor in its timetable. See 'halley live'. A champion is replaced, not withdrawn."
        );

    internal static HalleyException NotUsed(string model) =>
        new(
            "HLY5212",
            $"no decision of any environment has a release that uses '{model}'. Nothing was changed. See 'halley live'."
        );

    internal static HalleyException NoRequest(string id) =>
        new("HLY5304", $"there is no promotion request '{id}'. 'halley promote' prints the id of each request that waits.");

    internal static HalleyException OwnApproval(PromotionRequest request, Actor by) =>
        new(
            "HLY5303",
            $"{by.Name} cannot approve request {request.Id}: the one who requested it or made the release does not count. Ask another person.",
            FaultKind.CheckFailed
        );

    internal static HalleyException Stale(PromotionRequest request, string what) =>
        new(
            "HLY5305",
            $"request {request.Id} no longer holds: {what} since it was made, and its approvals are void. Request the promotion again.",
            FaultKind.CheckFailed
        );

    internal static HalleyException Refused(PromotionRequest request, IReadOnlyList<GateResult> results)
    {
        var failed = results.Where(result => result.Blocks).ToList();
        var lines = failed.Select(result => $"\n- {result.Gate}: {result.Sentence} What would help: {result.Remedy}");
        return new(
            "HLY5302",
            $"{request.Draft.Release} was not promoted to {RoleName(request.Draft.Role)} of '{request.Draft.Environment}' (request {request.Id}): {failed.Count} of {results.Count} gates failed.{string.Concat(lines)}",
            FaultKind.CheckFailed
        );
    }

    internal static HalleyException NoGate(string environment, string gate, IEnumerable<string> gates) =>
        new("HLY5306", $"'{environment}' has no gate '{gate}'. It has: {string.Join(", ", gates)}. Name one of these.");

    internal static HalleyException NotWaivable(Gate gate, string environment) =>
        new(
            "HLY5307",
            $"gate '{gate.Name}' of '{environment}' cannot be waived by anybody. Mend what it found, or let gates.yaml name a role with 'waivable_by'.",
            FaultKind.CheckFailed
        );

    internal static HalleyException WrongWaiverRole(Gate gate, string role) =>
        new(
            "HLY5308",
            $"gate '{gate.Name}' is waived by the role '{gate.WaivableBy}', not by '{role}'. Ask a person of that role.",
            FaultKind.CheckFailed
        );

    internal static HalleyException WaiverEnded(DateTimeOffset until) =>
        new("HLY5309", $"a waiver until {until:yyyy-MM-dd} would have ended already. Give a day to come.");

    internal static HalleyException OwnWaiver(VersionId release, Actor by) =>
        new(
            "HLY5310",
            $"{by.Name} cannot waive a gate for {release}: the one who made it does not count. Ask another person.",
            FaultKind.CheckFailed
        );

    internal static string RoleName(ReleaseRole role) =>
        role switch
        {
            ReleaseRole.Champion => "champion",
            ReleaseRole.Challenger => "challenger",
            _ => "shadow",
        };
}
