using Halley.Models;

namespace Halley.Decisions;

public sealed partial class DecisionPlan
{
    /// <summary>Compiles a definition with its models.</summary>
    /// <param name="models">The model that a reference means, or null where there is none.</param>
    /// <exception cref="HalleyException">HLY4001: the definition has problems; all are listed.</exception>
    public static DecisionPlan Compile(DecisionDefinition definition, Func<string, FittedModel?> models) =>
        CompileWith(definition, Embedded(models));

    /// <summary>All problems of a definition with its models, at once; empty where there are none.</summary>
    /// <param name="models">The model that a reference means, or null where there is none.</param>
    public static IReadOnlyList<DecisionProblem> Validate(DecisionDefinition definition, Func<string, FittedModel?> models) =>
        ProblemsOf(definition, Embedded(models));

    static Func<string, IDecisionModel?> Embedded(Func<string, FittedModel?> models) =>
        reference => models(reference) is { } model ? new EmbeddedModel(model) : null;
}
