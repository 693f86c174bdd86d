namespace Halley.Decisions;

static class DecisionErrors
{
    public static HalleyException Invalid(DecisionDefinition definition, IReadOnlyList<DecisionProblem> problems) =>
        new(
            DecisionCodes.Definition,
            $"decision '{definition.Name}' has {(problems.Count == 1 ? "a problem" : $"{problems.Count} problems")}:"
                + string.Concat(problems.Select(problem => $"\n- {problem}"))
        );
}
