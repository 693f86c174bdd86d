using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>Fills a definition's usual ranges and the lanes' net savings with the quantiles of real records.</summary>
public static class UsualLearner
{
    /// <summary>Stands in while the decision is run to learn the real ones.</summary>
    static readonly QuantilePoint[] Unknown = [new(0, 0), new(1, 0)];

    /// <summary>The definition with the named usual ranges, and every lane's net quantiles, learned from records.</summary>
    /// <param name="compile">Compiles a definition with its models.</param>
    /// <param name="records">Records as the decision would get them; those that it refuses or that need a fallback are left out.</param>
    /// <param name="names">Fields and steps of kind number or date. A step that itself reads a quantile learned here is learned with 0 in its place.</param>
    /// <exception cref="HalleyException">HLY4001, HLY4004, or HLY4005: a name has no number to learn from.</exception>
    public static DecisionDefinition Learn(
        DecisionDefinition definition,
        Func<DecisionDefinition, DecisionPlan> compile,
        Table records,
        IReadOnlyList<string> names
    )
    {
        // 1. The decision with ranges that stand in, so that formulas that read them compile.
        var provisional = definition with
        {
            UsualRanges = Replace(
                definition.UsualRanges,
                names.Select(name => new UsualRange { Name = name, Quantiles = Unknown })
            ),
            Triage = WithNets(definition.Triage, _ => Unknown),
        };
        var plan = compile(provisional);
        // 2. Every step of every record.
        var answers = new DecisionEngine(plan).Decide(records, new() { Steps = true, Reasons = false }).Answers;
        var own = ((CategoricalColumn)answers["answered_by"]).Codes.ToArray();
        double[] Values(string name) => ValuesOf(plan, records, answers, own, name);
        // 3. Their quantiles in place of the stand-ins.
        return definition with
        {
            UsualRanges = Replace(definition.UsualRanges, names.Select(name => UsualRange.Learn(name, Values(name)))),
            Triage = WithNets(definition.Triage, lane => UsualRange.Learn($"{lane}.net", Values($"{lane}.net")).Quantiles),
        };
    }

    static UsualRange[] Replace(IReadOnlyList<UsualRange> ranges, IEnumerable<UsualRange> learned)
    {
        var fresh = learned.ToArray();
        return [.. ranges.Where(range => fresh.All(other => other.Name != range.Name)), .. fresh];
    }

    static Triage? WithNets(Triage? triage, Func<string, IReadOnlyList<QuantilePoint>> nets) =>
        triage is null
            ? null
            : triage with
            {
                Lanes = [.. triage.Lanes.Select(lane => lane with { NetQuantiles = nets(lane.Name) })],
            };

    /// <summary>Values of a field or step in the records that the release itself answered.</summary>
    static double[] ValuesOf(DecisionPlan plan, Table records, Table answers, int[] answeredBy, string name)
    {
        var isField = plan.Definition.Inputs.Find(name) is not null;
        var column = isField ? records.Find(name) : answers.Find($"steps.{name}");
        if (column is null || SlotType.Of(column).Kind is FieldKind.Category or FieldKind.Boolean)
            throw new HalleyException(
                DecisionCodes.Learn,
                $"usual range of '{name}': there is no field or step of that name with numbers or dates. Correct the name, or leave it out."
            );
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        return [.. values.Where((_, row) => answeredBy[row] == (int)AnswerSource.Release)];
    }
}
