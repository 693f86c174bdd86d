using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>A decision compiled to one flat plan of slots, models included. Immutable, safe to share between threads.</summary>
/// <remarks>
/// Slots of a block for this plan:
/// <code>
/// 0 … fields−1    the input fields, in the schema's order (those of text fields stay unused)
/// fields          the random draw of the record's unit, in [0, 1)
/// fields+1 …      everything that is computed
/// </code>
/// </remarks>
public sealed partial class DecisionPlan
{
    PlanNames? names;

    internal DecisionPlan(DecisionDefinition definition, SlotPlan deciding, SlotPlan reasoning, SlotRef action) =>
        (Definition, Deciding, Reasoning, Action) = (definition, deciding, reasoning, action);

    public DecisionDefinition Definition { get; }

    /// <summary>Slots that a block for this plan must have.</summary>
    public int SlotCount => Reasoning.SlotCount;

    /// <summary>Slot of the random draw.</summary>
    public int DrawSlot => Definition.Inputs.Fields.Count;

    /// <summary>Every named value that is computed, in the order of computation: the trace of an explained answer.</summary>
    public IReadOnlyList<NamedSlot> Steps { get; internal init; } = [];

    /// <summary>Everything but the contributions of reasons.</summary>
    internal SlotPlan Deciding { get; }

    /// <summary>Contributions and conditions of reasons; runs after <see cref="Deciding"/>, over the same block.</summary>
    internal SlotPlan Reasoning { get; }

    /// <summary>The action's number in <see cref="DecisionDefinition.Actions"/>.</summary>
    internal SlotRef Action { get; }

    /// <summary>Parts of <see cref="Deciding"/>, in order.</summary>
    internal PlanPart[] Parts { get; init; } = [];

    internal EmbeddedSlots[] Models { get; init; } = [];

    internal RequiredSlot[] Required { get; init; } = [];

    internal LimitedStep[] Limits { get; init; } = [];

    internal CompiledRule[] Rules { get; init; } = [];

    internal CompiledLane[] Lanes { get; init; } = [];

    internal CompiledCheck? Check { get; init; }

    internal CompiledOutput[] Outputs { get; init; } = [];

    internal CompiledReason[] Reasons { get; init; } = [];

    /// <summary>
    /// The fallback's formulas, as a decision without models over the same inputs: a plan of its own, so that nothing a failed part
    /// left behind is read. Null where the chain has none.
    /// </summary>
    internal DecisionPlan? Table { get; init; }

    /// <summary>Made at the first use; two threads may make it twice, equal both times.</summary>
    internal PlanNames Names => names ??= new(this);

    /// <summary>The name under which an answer lists the payments of a money output.</summary>
    public static string InstalmentsName(string output) => $"{output}_instalments";

    internal static DecisionPlan CompileWith(DecisionDefinition definition, Func<string, IDecisionModel?> models)
    {
        var compiler = new DecisionCompiler(definition, models);
        var plan = compiler.Compile();
        return compiler.Problems.Count == 0 && plan is not null
            ? plan
            : throw DecisionErrors.Invalid(definition, compiler.Problems);
    }

    /// <summary>All problems of a definition at once, as far as they show without its models; empty where there are none.</summary>
    public static IReadOnlyList<DecisionProblem> Validate(DecisionDefinition definition) => ProblemsOf(definition, models: null);

    internal static IReadOnlyList<DecisionProblem> ProblemsOf(
        DecisionDefinition definition,
        Func<string, IDecisionModel?>? models
    )
    {
        var compiler = new DecisionCompiler(definition, models);
        compiler.Compile();
        return compiler.Problems;
    }

    /// <summary>Decides every row of a block whose input and draw slots are filled. Allocates nothing.</summary>
    /// <exception cref="HalleyException">HLY1207: a model's rule rejects a value of a row.</exception>
    public void Run(SlotBlock block)
    {
        var running = 0;
        Run(block, ref running);
    }

    /// <inheritdoc cref="Run(SlotBlock)"/>
    /// <param name="running">Where an instruction throws: its number, for <see cref="PartAt"/>.</param>
    internal void Run(SlotBlock block, ref int running)
    {
        // 1. Steps, models, eligibility, triage, random check and outputs.
        Deciding.Run(block, ref running);
        // 2. What moved the models' scores, where some row's action asks for a reason.
        if (AnyReasonAsked(block))
            Reasoning.Run(block, ref running);
    }

    /// <summary>The part that an instruction belongs to.</summary>
    internal string PartAt(int instruction) => Array.Find(Parts, part => instruction < part.End)?.Name ?? "plan";

    bool AnyReasonAsked(SlotBlock block)
    {
        foreach (var action in block[Action.Index])
        {
            foreach (var reason in Reasons)
            {
                if (!double.IsNaN(action) && (reason.ToldWith >> (int)action & 1) != 0)
                    return true;
            }
        }
        return false;
    }
}
