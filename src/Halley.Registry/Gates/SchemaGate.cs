namespace Halley.Registry;

/// <summary>Nobody who calls the decision today is refused, or misreads an answer, because of the release.</summary>
/// <remarks>
/// Breaking are: an added input that must be sent, a removed input, another kind, unit or id, a narrowed range, fewer listed levels, a
/// stricter rule for missing or unlisted values; a removed, retyped or newly optional output, another unit or currency, lost
/// instalments, an output left out with more actions; an added action. A promotion that keeps the champion's schema served passes:
/// requests that name that schema are answered by the release that has it.
/// </remarks>
public sealed record SchemaGate : Gate
{
    public override IEnumerable<string> Validate() => [];

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not SchemaEvidence found)
            return Fail("The decision's schema was not compared.", "Promote where the registry's store is at hand.");
        if (!found.HasChampion)
            return Pass("There is no champion, and so no caller whose requests could break.");
        var breaking = found.Breaking.Count;
        if (breaking == 0)
            return Pass(
                found.Harmless.Count == 0
                    ? "Callers see no change."
                    : $"No present caller breaks: {string.Join("; ", found.Harmless)}.",
                0,
                0
            );
        var changes =
            $"{breaking} {(breaking == 1 ? "change breaks" : "changes break")} present callers: {string.Join("; ", found.Breaking)}";
        return found.IsKept
            ? Pass(
                $"{changes}. Requests that name schema {found.Before} are still answered by the release that has it.",
                breaking
            )
            : Fail(
                $"{changes}.",
                $"Give new inputs a rule for missing values and keep what callers read; or promote with --keep-schema, so that requests that name schema {found.Before} go on being answered.",
                breaking,
                0
            );
    }
}
