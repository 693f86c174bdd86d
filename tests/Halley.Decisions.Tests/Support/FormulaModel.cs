using Halley.Data.Expressions;

namespace Halley.Decisions.Tests;

/// <summary>A model whose score is a formula of its inputs; the prediction is e to the score.</summary>
sealed class FormulaModel(string score) : IDecisionModel
{
    readonly Expression formula = Expression.Parse(score);

    public IReadOnlyList<string> InputNames => formula.Names;

    public double? QuantileOf(string input, double share) => null;

    public string? TypicalOf(string input) => null;

    public EmittedModel Emit(PlanBuilder builder, IReadOnlyDictionary<string, SlotRef> scope)
    {
        var raw = formula.Compile(builder, scope);
        return new(raw, Expression.Parse("exp(raw)").Compile(builder, new Dictionary<string, SlotRef> { ["raw"] = raw }), []);
    }
}
