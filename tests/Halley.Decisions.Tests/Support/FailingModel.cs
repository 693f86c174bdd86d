using Halley.Data.Expressions;

namespace Halley.Decisions.Tests;

/// <summary>A model that throws where its input <c>x</c> is above a limit.</summary>
sealed class FailingModel(double limit) : IDecisionModel
{
    public IReadOnlyList<string> InputNames { get; } = ["x"];

    public double? QuantileOf(string input, double share) => null;

    public string? TypicalOf(string input) => null;

    public EmittedModel Emit(PlanBuilder builder, IReadOnlyDictionary<string, SlotRef> scope)
    {
        builder.Add(new Check(scope["x"].Index, limit));
        return new(scope["x"], scope["x"], []);
    }

    sealed class Check(int slot, double limit) : ISlotInstruction
    {
        public void Run(SlotBlock block)
        {
            foreach (var value in block[slot])
            {
                if (value > limit)
                    throw new InvalidOperationException($"{value} is above the limit");
            }
        }
    }
}
