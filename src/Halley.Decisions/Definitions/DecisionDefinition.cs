using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>What a decision does: inputs, models, steps, rules, outputs, and what happens when a part fails. Data only; a release pins it.</summary>
/// <remarks>
/// Formulas are texts of the expression language over named values. The names are: the input fields; the steps; each model's
/// alias (its prediction at exposure 1) and <c>alias.score</c> (before the link); <c>step.unbounded</c> of a step with floor or
/// cap; and <c>name.q90</c>, the quantile of a usual range. Steps may stand in any order.
/// </remarks>
public sealed record DecisionDefinition
{
    /// <summary>For example <c>motor-quote</c>; part of the address.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Fields of a request, with their rules. A field of role id names the unit that is decided on.</summary>
    public required Schema Inputs { get; init; }

    public IReadOnlyList<ModelUse> Models { get; init; } = [];

    public IReadOnlyList<LookupTable> Tables { get; init; } = [];

    public IReadOnlyList<DecisionStep> Steps { get; init; } = [];

    /// <summary>
    /// What is usual, for reasons and conditions: declared, or learned from data by <see cref="UsualLearner"/>. For a field without a
    /// range, the quantiles that a model learned with it are taken.
    /// </summary>
    public IReadOnlyList<UsualRange> UsualRanges { get; init; } = [];

    /// <summary>
    /// Actions from the mildest to the most severe; the first is taken where nothing speaks against it. Default: accept, refer, decline.
    /// </summary>
    public IReadOnlyList<string> Actions { get; init; } = ["accept", "refer", "decline"];

    /// <summary>The most severe action of those whose rule holds is taken.</summary>
    public IReadOnlyList<EligibilityRule> Eligibility { get; init; } = [];

    /// <summary>Choice of an action by money and capacity; null for none.</summary>
    public Triage? Triage { get; init; }

    /// <summary>Checks drawn at random, so that retraining stays unbiased; null for none.</summary>
    public RandomCheck? RandomCheck { get; init; }

    public required IReadOnlyList<DecisionOutput> Outputs { get; init; }

    public IReadOnlyList<ReasonTemplate> Reasons { get; init; } = [];

    /// <summary>Reasons in an answer, at most. Range 0 to 5. Default 5.</summary>
    public int MaximumReasons { get; init; } = 5;

    public FallbackChain Fallback { get; init; } = new();
}
