using System.Globalization;

namespace Halley.Registry;

/// <summary>The approvals needed follow from how far the premiums of a portfolio move.</summary>
/// <remarks>
/// The most demanding level that is reached holds. Where the change was not measured, or there is no champion to measure against, the
/// most demanding level of all holds: what nobody measured is not small.
/// </remarks>
public sealed record AuthorityGate : Gate
{
    /// <summary>A policy counts as moved where its premium changes by more than this, up or down. Range: above 0. Default 0.1.</summary>
    public double Threshold { get; init; } = 0.1;

    public required IReadOnlyList<AuthorityLevel> Levels { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (!(Threshold > 0))
            yield return "threshold must be above 0";
        if (Levels.Count == 0)
            yield return "it has no levels";
        foreach (var level in Levels)
        {
            if (level.Approvals < 0)
                yield return $"approvals is {level.Approvals}; at least 0 is needed";
            if (level.Approvals == 0 && level.Role is not null)
                yield return $"a level needs the role '{level.Role}' and no approval";
            if (level.TotalChange is { } total && !(total >= 0))
                yield return "total_change must be at least 0";
            if (level.MovedShare is { } moved && !(moved is >= 0 and <= 1))
                yield return "moved_share must lie in [0, 1]";
        }
    }

    /// <summary>Approvals are given to a request, not found beside it; without any the gate stands open where one is needed.</summary>
    public override GateResult Judge(GateEvidence? evidence) => Judge(evidence, [], "");

    /// <summary>The level that a change needs.</summary>
    public AuthorityLevel Needed(GateEvidence? evidence)
    {
        var reached = evidence is DislocationEvidence { HasChampion: true, Policies: > 0 } found
            ? Levels.Where(level => level.IsReached(found.TotalChange, (double)found.Moved / found.Policies))
            : Levels;
        return reached
                .OrderByDescending(level => level.Approvals)
                .ThenByDescending(level => level.Role is not null)
                .FirstOrDefault()
            ?? new() { Approvals = 0 };
    }

    internal GateResult Judge(GateEvidence? evidence, IReadOnlyList<Approval> approvals, string request)
    {
        var (needed, size) = (Needed(evidence), Size(evidence));
        var ofRole = needed.Role is null || approvals.Any(approval => IsRole(approval, needed.Role));
        var given = approvals.Count;
        var demand = needed.Role is null ? $"{needed.Approvals}" : $"{needed.Approvals}, one of them as {needed.Role},";
        if (given >= needed.Approvals && ofRole)
        {
            var by = given == 0 ? "" : $" Approved by {string.Join(", ", approvals.Select(approval => approval.By))}.";
            return Pass($"{size}: {demand} approvals are needed.{by}", given, needed.Approvals);
        }
        return Fail(
            $"{size}: {demand} approvals are needed and {given} are given{(ofRole ? "" : $", none as {needed.Role}")}.",
            $"Ask another person to approve the request{(request.Length > 0 ? " " + request : "")}{(needed.Role is null ? "" : $" with --role \"{needed.Role}\"")}, then complete it.",
            given,
            needed.Approvals
        );
    }

    static bool IsRole(Approval approval, string role) =>
        string.Equals(approval.Role?.Trim(), role, StringComparison.OrdinalIgnoreCase);

    static string Size(GateEvidence? evidence) =>
        evidence switch
        {
            DislocationEvidence { HasChampion: false } => "There is no champion to measure the change against",
            DislocationEvidence { Policies: > 0 } found => string.Create(
                CultureInfo.InvariantCulture,
                $"The total premium changes by {100 * found.TotalChange:0.##} % and {100.0 * found.Moved / found.Policies:0.##} % of policies move"
            ),
            _ => "The change of premiums was not measured",
        };
}
