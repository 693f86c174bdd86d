using System.Globalization;
using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>Premiums do not move further from the champion's than the limits say. Changes are shares: 0.1 is 10 %.</summary>
public sealed record DislocationGate : Gate
{
    /// <summary>A policy counts as moved where its premium changes by more than this, up or down. Range: above 0. Default 0.1.</summary>
    public double Threshold { get; init; } = 0.1;

    /// <summary>Largest share of policies that may move by more than the threshold. Range [0, 1]. Default 1: no limit.</summary>
    public double MaximumShare { get; init; } = 1;

    /// <summary>Largest rise of any policy; null for no limit.</summary>
    public double? MaximumRise { get; init; }

    /// <summary>Largest change of the total premium, up or down; null for no limit.</summary>
    public double? MaximumTotalChange { get; init; }

    /// <summary>Fields whose levels must each keep the share, too; null for the whole portfolio alone.</summary>
    public IReadOnlyList<string>? Segments { get; init; }

    /// <summary>Segments with fewer policies are not judged. Default 0; not used without segments.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long MinimumPolicies { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (MinimumPolicies < 0)
            yield return "minimum_policies must be at least 0";
        if (!(Threshold > 0))
            yield return "threshold must be above 0";
        if (!(MaximumShare is >= 0 and <= 1))
            yield return "maximum_share must lie in [0, 1]";
        if (MaximumRise is { } rise && !(rise >= 0))
            yield return "maximum_rise must be at least 0";
        if (MaximumTotalChange is { } change && !(change >= 0))
            yield return "maximum_total_change must be at least 0";
    }

    public override GateResult Judge(GateEvidence? evidence)
    {
        const string remedy = "Look at the policies that move most, add caps to the decision, or widen the limit with a reason.";
        if (evidence is not DislocationEvidence found)
            return Fail("Premium changes were not computed.", "Run the release over a portfolio and promote with that evidence.");
        if (!found.HasChampion)
            return Pass("There is no champion whose premiums could move.");
        if (found.Policies == 0)
            return Fail("The portfolio for premium changes is empty.", "Name a portfolio with policies.");
        var share = (double)found.Moved / found.Policies;
        if (!(share <= MaximumShare))
        {
            return Fail(
                $"{Percent(share)} of {found.Policies} policies change by more than {Percent(Threshold)}; {Percent(MaximumShare)} is the limit.",
                remedy,
                share,
                MaximumShare
            );
        }
        if (MaximumRise is { } rise && !(found.LargestRise <= rise))
            return Fail(
                $"One policy rises by {Percent(found.LargestRise)}; {Percent(rise)} is the limit.",
                remedy,
                found.LargestRise,
                rise
            );
        if (MaximumTotalChange is { } total && !(Math.Abs(found.TotalChange) <= total))
        {
            return Fail(
                $"The total premium changes by {Percent(found.TotalChange)}; {Percent(total)} either way is the limit.",
                remedy,
                found.TotalChange,
                total
            );
        }
        var judged = (found.Segments ?? []).Where(segment => segment.Policies >= Math.Max(1, MinimumPolicies));
        if (judged.OrderByDescending(Share).FirstOrDefault(segment => !(Share(segment) <= MaximumShare)) is { } worst)
        {
            return Fail(
                $"{Percent(Share(worst))} of {worst.Policies} policies with {worst.Segment} change by more than {Percent(Threshold)}; {Percent(MaximumShare)} is the limit.",
                remedy,
                Share(worst),
                MaximumShare,
                worst.Segment
            );
        }
        return Pass(
            $"{Percent(share)} of {found.Policies} policies change by more than {Percent(Threshold)}, the total by {Percent(found.TotalChange)}.",
            share,
            MaximumShare
        );
    }

    static double Share(DislocationSegment segment) => (double)segment.Moved / segment.Policies;

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");
}
