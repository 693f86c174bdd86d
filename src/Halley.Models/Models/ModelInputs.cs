using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Which columns of the data a spec's names come from.</summary>
static class ModelInputs
{
    /// <summary>Names that serving needs: the features, and the offset.</summary>
    public static IEnumerable<string> ServedNames(ModelSpec spec) =>
        spec.Learner.FeatureNames.Concat(spec.OffsetModel?.Features ?? []).Concat(spec.Offset is null ? [] : [spec.Offset]);

    /// <summary>Names that fit and evaluation need besides.</summary>
    public static IEnumerable<string> TrainingNames(ModelSpec spec) =>
        new[] { spec.Target, spec.Weight, spec.Exposure, (spec.Learner as GlmLearner)?.Options.Cluster }
            .OfType<string>()
            .Concat((spec.Learner as GlmLearner)?.Options.Controls.Keys ?? [])
            .Concat(WhereNames(spec));

    /// <summary>The derived features that the names rest on, in the spec's order.</summary>
    public static IEnumerable<FeatureStep> StepsFor(ModelSpec spec, IEnumerable<string> names)
    {
        var needed = new HashSet<string>(names, StringComparer.Ordinal);
        var steps = new Stack<FeatureStep>();
        var tables = spec.Tables?.ToDictionary(table => table.Name, StringComparer.Ordinal);
        // Backwards, because a derived feature may use those before it only.
        foreach (var derived in spec.Derived.Reverse())
        {
            if (!needed.Remove(derived.Name))
                continue;
            var expression = Parse(derived);
            needed.UnionWith(expression.Names);
            steps.Push(new(derived.Name, expression, RuleOf(spec, derived.Name)?.WhenMissing ?? ValueRule.Missing, tables));
        }
        return steps;
    }

    /// <summary>The columns of the data that the names rest on, each once, in the order in which they are met.</summary>
    public static IReadOnlyList<string> ColumnsFor(ModelSpec spec, IEnumerable<string> names)
    {
        var wanted = names.Distinct(StringComparer.Ordinal).ToList();
        var steps = StepsFor(spec, wanted).ToDictionary(step => step.Name);
        var (columns, met) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var name in wanted)
            Visit(name, steps, columns, met);
        return columns;
    }

    public static FeatureRule? RuleOf(ModelSpec spec, string name) => spec.Rules.FirstOrDefault(rule => rule.Name == name);

    public static Expression? WhereOf(ModelSpec spec) => spec.Where is null ? null : Expression.Parse(spec.Where, "where");

    static IEnumerable<string> WhereNames(ModelSpec spec) => WhereOf(spec)?.Names ?? [];

    static Expression Parse(DerivedFeature derived) => Expression.Parse(derived.Expression, $"derived feature '{derived.Name}'");

    static void Visit(string name, Dictionary<string, FeatureStep> steps, List<string> columns, HashSet<string> met)
    {
        if (!met.Add(name))
            return;
        if (!steps.TryGetValue(name, out var step))
        {
            columns.Add(name);
            return;
        }
        foreach (var used in step.Expression.Names)
            Visit(used, steps, columns, met);
    }
}
