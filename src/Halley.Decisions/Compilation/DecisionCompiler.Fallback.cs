using Halley.Data.Expressions;

namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    void CheckFallback(FallbackChain chain)
    {
        var order = chain.Order;
        if (order.Count == 0 || order[^1] != FallbackKind.Refer || order.Distinct().Count() != order.Count)
            problems.Add(
                DecisionCodes.Fallback,
                "fallback: the order names each kind at most once and ends with refer, which can't fail."
            );
        ActionOf(chain.ReferAction, "fallback, referAction");
        if (order.Contains(FallbackKind.Table) != chain.Outputs.Count > 0)
            problems.Add(
                DecisionCodes.Fallback,
                "fallback: kind table and formulas of outputs go together. Give both, or leave both out."
            );
        foreach (var name in chain.Outputs.Keys.Where(name => definition.Outputs.All(output => output.Name != name)))
            problems.Add(DecisionCodes.Fallback, $"fallback: there is no output '{name}'.");
        if (!order.Contains(FallbackKind.Table))
            return;
        foreach (var output in definition.Outputs.Where(output => !output.Optional && !chain.Outputs.ContainsKey(output.Name)))
            problems.Add(DecisionCodes.Fallback, $"fallback: output '{output.Name}' needs a formula, or must be optional.");
        if (chain.TableAction is not null)
            ActionOf(chain.TableAction, "fallback, tableAction");
    }

    /// <summary>The fallback's formulas as a decision without models; null where the chain has none or a problem.</summary>
    DecisionPlan? CompileFallback(IReadOnlyList<PlanNode> nodes)
    {
        if (definition.Fallback.Outputs.Count == 0)
            return null;
        var resting = NamesRestingOnModels(nodes);
        if (RefuseResting(resting))
            return null;
        var compiler = new DecisionCompiler(ModelFree(resting), models);
        var plan = compiler.Compile();
        foreach (var problem in compiler.Problems.Where(problem => !problems.All.Contains(problem)))
            problems.Add(problem.Code, $"fallback, {problem.Message}");
        return plan;
    }

    /// <summary>Model values, and what is computed from them.</summary>
    static HashSet<string> NamesRestingOnModels(IReadOnlyList<PlanNode> nodes)
    {
        var resting = new HashSet<string>(StringComparer.Ordinal);
        // The nodes are sorted, so one pass finds chains of any length.
        foreach (var node in nodes)
        {
            if (node.IsModel || node.Needs.Any(resting.Contains))
                resting.UnionWith(node.Provides);
        }
        return resting;
    }

    bool RefuseResting(HashSet<string> resting)
    {
        var refused = false;
        foreach (var (output, text) in definition.Fallback.Outputs)
        {
            foreach (var name in NamesIn(text).Where(resting.Contains))
            {
                refused = true;
                problems.Add(
                    DecisionCodes.Fallback,
                    $"fallback, output '{output}': it reads '{name}', which rests on a model. "
                        + "A fallback reads fields, tables and steps that rest on none."
                );
            }
        }
        return refused;
    }

    /// <summary>The parts of the definition that rest on no model: steps and eligibility hold in a fallback too.</summary>
    DecisionDefinition ModelFree(HashSet<string> resting)
    {
        bool IsFree(params string?[] formulas) => !formulas.OfType<string>().SelectMany(NamesIn).Any(resting.Contains);
        bool IsFreeSentence(string text) =>
            !(SentenceTemplate.Cut(text, out _) ?? []).Any(cut => cut.Name is not null && resting.Contains(cut.Name));
        var chain = definition.Fallback;
        var rules = definition.Eligibility.Where(rule => IsFree(rule.When) && IsFreeSentence(rule.Reason));
        var forced = chain.TableAction is null
            ? []
            : new[]
            {
                new EligibilityRule
                {
                    Name = "fallback",
                    When = "true",
                    Action = chain.TableAction,
                    Reason = "the usual calculation was not possible; this answer comes from the fallback table",
                },
            };
        var check = definition.RandomCheck;
        return definition with
        {
            Models = [],
            Steps = [.. definition.Steps.Where(step => !resting.Contains(step.Name))],
            UsualRanges = [.. definition.UsualRanges.Where(range => !resting.Contains(range.Name))],
            Eligibility = [.. rules.Where(rule => rule.Name != "fallback"), .. forced],
            Triage = null,
            RandomCheck = check is not null && IsFree(check.Among) && IsFreeSentence(check.Reason ?? "") ? check : null,
            Outputs = [.. FallbackOutputs(IsFree)],
            Reasons = [],
            Fallback = new() { ReferAction = chain.ReferAction },
        };
    }

    IEnumerable<DecisionOutput> FallbackOutputs(Func<string?[], bool> isFree)
    {
        foreach (var output in definition.Outputs)
        {
            if (definition.Fallback.Outputs.TryGetValue(output.Name, out var formula))
                yield return output with
                {
                    Value = formula,
                    Instalments = isFree([output.Instalments]) ? output.Instalments : null,
                };
        }
    }

    /// <summary>Names that a formula reads; none where it is no formula, which is told elsewhere.</summary>
    static IReadOnlyList<string> NamesIn(string formula)
    {
        try
        {
            return Expression.Parse(formula).Names;
        }
        catch (HalleyException)
        {
            return [];
        }
    }
}
