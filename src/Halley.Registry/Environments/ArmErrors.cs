using System.Globalization;
using Halley.Data;

namespace Halley.Registry;

static class ArmErrors
{
    internal static HalleyException NoChampion(VersionId release) =>
        new("HLY5201", $"{release} cannot be challenger: '{release.Name}' has no champion there. Promote a champion first.");

    internal static HalleyException IsChampion(VersionId release) =>
        new("HLY5202", $"{release} is the champion there already. Name another release as challenger.");

    internal static HalleyException NoChampionToFollow(VersionId release) =>
        new(
            "HLY5209",
            $"{release} cannot be put into the timetable: '{release.Name}' has no champion there, who answers all other dates. Promote a champion first."
        );

    internal static HalleyException NotForPlace(VersionId release) =>
        new(
            "HLY5210",
            $"{release}: a date, a transaction or a kept schema is for a champion. Leave them out for a challenger or a shadow."
        );

    internal static HalleyException NoAdjustments(VersionId release) =>
        new(
            "HLY5211",
            $"{release}: an adjustment is priced by the release of its original decision, not by a timetable. Give new_business or renewal, or no transaction."
        );

    internal static HalleyException NoSuchShare(VersionId release, double share, int leftBuckets)
    {
        var left = 100.0 * (leftBuckets - 1) / LiveArms.BucketTotal;
        return new(
            "HLY5203",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{release} cannot have {100 * share:0.###} % of the units: at least 0.001 % and at most {left:0.###} % are free, the champion keeps the rest. Give another share, or take a challenger out with 'halley withdraw RELEASE --in ENVIRONMENT'."
            )
        );
    }
}
