using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>What the compiler needs of a model.</summary>
interface IDecisionModel
{
    /// <summary>Fields that it reads.</summary>
    IReadOnlyList<string> InputNames { get; }

    /// <summary>The value of a field that the share <paramref name="share"/> of the learn rows does not exceed; null where it is not known.</summary>
    double? QuantileOf(string input, double share);

    /// <summary>The typical value of a field among the learn rows, as text in the invariant culture; null where it is not known.</summary>
    string? TypicalOf(string input);

    /// <summary>Classes that it tells apart, in the order of its outputs, which are their probabilities; empty where it predicts a number.</summary>
    IReadOnlyList<string> Classes => [];

    /// <summary>What it tells beside its prediction.</summary>
    IReadOnlyList<string> OutputNames => [];

    /// <summary>Adds the model to a plan.</summary>
    /// <param name="scope">Every one of <see cref="InputNames"/> is among them.</param>
    EmittedModel Emit(PlanBuilder builder, IReadOnlyDictionary<string, SlotRef> scope);
}
