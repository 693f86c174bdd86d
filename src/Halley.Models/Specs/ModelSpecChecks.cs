using System.Globalization;
using Halley.Data.Expressions;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>What a spec can be told before any data is seen.</summary>
static class ModelSpecChecks
{
    const int LongestName = 64;

    /// <summary>Of derived features, rules, or features: far above any use, and low enough for checks that compare each with each.</summary>
    const int MostParts = 2000;

    public static IReadOnlyList<string> ProblemsOf(ModelSpec spec) =>
        SizeProblems(spec) is { Count: > 0 } tooLarge
            ? tooLarge
            :
            [
                .. NameProblems(spec.Name),
                .. RoleProblems(spec),
                .. CapProblems(spec.Cap),
                .. LinkProblems(spec),
                .. ExpressionProblems(spec),
                .. RuleProblems(spec.Rules),
                .. spec.Learner.Problems(spec),
                .. spec.Split?.Problems() ?? [],
            ];

    static List<string> SizeProblems(ModelSpec spec)
    {
        var problems = new List<string>();
        Check("derived features", spec.Derived.Count);
        Check("rules", spec.Rules.Count);
        Check("features", spec.Learner.FeatureNames.Count);
        return problems;

        void Check(string what, int count)
        {
            if (count > MostParts)
                problems.Add(
                    string.Create(CultureInfo.InvariantCulture, $"there are {count} {what}; at most {MostParts} are possible.")
                );
        }
    }

    static IEnumerable<string> NameProblems(string name)
    {
        var allowed =
            name.Length is > 0 and <= LongestName
            && char.IsAsciiLetterLower(name[0])
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        if (!allowed)
            yield return $"name: '{name}' is not a name; use lower-case letters, digits and hyphens, at most {LongestName}, starting with a letter.";
    }

    static IEnumerable<string> RoleProblems(ModelSpec spec)
    {
        var roles = new List<(string Role, string? Column)>
        {
            ("target", spec.Target),
            ("exposure", spec.Exposure),
            ("weight", spec.Weight),
            ("offset", spec.Offset),
        };
        foreach (var (role, column) in roles)
        {
            if (column is not null && string.IsNullOrWhiteSpace(column))
                yield return $"{role}: the column has no name.";
        }
        foreach (
            var twice in roles
                .Where(role => role.Column is not null)
                .GroupBy(role => role.Column)
                .Where(group => group.Count() > 1)
        )
            yield return $"'{twice.Key}' is both {string.Join(" and ", twice.Select(role => role.Role))}; name a column for each.";
        foreach (var feature in spec.Learner.FeatureNames)
        {
            if (roles.Find(role => role.Column == feature).Role is { } role)
                yield return $"'{feature}' is both {role} and a feature; leave it out of the features.";
        }
        if (spec.OffsetModel is not null && spec.Offset is not null)
            yield return $"offset: both the column '{spec.Offset}' and the model '{spec.OffsetModel.Model}'; name one.";
        if (spec.OffsetModel is not null && spec.Learner is not (GlmLearner or BoostingLearner))
            yield return "offset: only a GLM or boosted trees can stand on another model; offset by a column of the data.";
        if (spec.Exposure is not null && spec.Derived.Any(derived => derived.Name == spec.Exposure))
            yield return $"exposure: '{spec.Exposure}' is a derived feature; name a column of the data.";
    }

    static IEnumerable<string> CapProblems(TargetCap? cap)
    {
        if (cap is not null && !(cap.At > 0 && double.IsFinite(cap.At)))
            yield return $"cap: {ModelSpecText.Of(cap.At)} is not a number above 0.";
    }

    static IEnumerable<string> LinkProblems(ModelSpec spec)
    {
        // Classes take no exposure at all, which is told there.
        if (spec.Learner is BoostingLearner { IsMulticlass: true })
            yield break;
        if (spec.Exposure is not null && spec.ExposureUse == ExposureUse.Offset && spec.LinkInUse.Function != LinkFunction.Log)
            yield return $"exposure: as an offset it needs the log link, and the link is {spec.LinkInUse}; use it as a rate, or the log link.";
    }

    static IEnumerable<string> ExpressionProblems(ModelSpec spec)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var derived in spec.Derived)
        {
            if (string.IsNullOrWhiteSpace(derived.Name))
                yield return "derived: a feature has no name.";
            else if (!names.Add(derived.Name))
                yield return $"derived: '{derived.Name}' is defined twice.";
            if (ProblemOf(derived.Expression, $"derived feature '{derived.Name}'") is { } problem)
                yield return problem;
            else if (LaterNames(spec, names, derived).FirstOrDefault() is { } later)
                yield return $"derived: '{derived.Name}' reads '{later}', which is derived from it or after it; put it further up.";
        }
        if (spec.Where is not null && ProblemOf(spec.Where, "where") is { } whereProblem)
            yield return whereProblem;
    }

    static IEnumerable<string> LaterNames(ModelSpec spec, HashSet<string> before, DerivedFeature derived) =>
        Expression
            .Parse(derived.Expression)
            .Names.Where(name =>
                name == derived.Name || (!before.Contains(name) && spec.Derived.Any(other => other.Name == name))
            );

    static string? ProblemOf(string expression, string place)
    {
        try
        {
            Expression.Parse(expression, place);
            return null;
        }
        catch (HalleyException problem)
        {
            return problem.Message;
        }
    }

    static IEnumerable<string> RuleProblems(IReadOnlyList<FeatureRule> rules)
    {
        foreach (var twice in rules.GroupBy(rule => rule.Name).Where(group => group.Count() > 1))
            yield return $"rules: '{twice.Key}' has more than one rule.";
        foreach (var rule in rules)
        {
            if (
                rule
                is { WhenMissing: { Action: ValueAction.Replace, Value: null } }
                    or { WhenUnseen: { Action: ValueAction.Replace, Value: null } }
            )
                yield return $"rules: '{rule.Name}' is to be replaced, but by what is not said.";
        }
    }
}
