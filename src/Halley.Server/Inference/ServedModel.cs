using Halley.Data;
using Halley.Data.Expressions;
using Halley.Decisions;
using Halley.Models;
using Halley.Registry;

namespace Halley.Server;

/// <summary>A model as the Open Inference Protocol serves it: its inputs, checked as a live decision checks them, and its outputs at exposure 1.</summary>
/// <remarks>Immutable, safe to share between threads.</remarks>
sealed class ServedModel
{
    /// <summary>Problems that are told of one request, at most.</summary>
    public const int MostProblems = 100;

    readonly SlotPlan plan;
    readonly int[] inputSlots;

    /// <param name="use">How the decision uses the model.</param>
    /// <param name="decision">The live decision: its declaration of an input that the model reads as it is sent holds here, too.</param>
    /// <param name="stopped">Why the model must not answer; null where it may.</param>
    public ServedModel(VersionId version, FittedModel model, ModelUse use, DecisionDefinition decision, StoppedModel? stopped)
    {
        (Version, Stopped) = (version, stopped);
        var fields = model
            .ScoreInputs.Fields.Select(field =>
                use.Inputs.ContainsKey(field.Name) ? field : decision.Inputs.Find(field.Name) ?? field
            )
            .ToList();
        Encoder = new(new Schema(fields));
        var builder = new PlanBuilder();
        var scope = fields.ToDictionary(
            field => field.Name,
            field => builder.Allocate(SlotType.Of(field)),
            StringComparer.Ordinal
        );
        var slots = model.Emit(builder, scope);
        inputSlots = [.. fields.Select(field => scope[field.Name].Index)];
        plan = builder.Build();
        Outputs =
        [
            new("prediction", slots.Prediction.Index, model.PredictsClasses ? slots.Prediction.Type.Levels : null),
            .. model.OutputNames.Select((name, at) => new ServedOutput(name, slots.Outputs[at].Index, null)),
            .. model.PredictsClasses ? [] : new[] { new ServedOutput("score", slots.Raw.Index, null) },
        ];
    }

    public VersionId Version { get; }

    public StoppedModel? Stopped { get; }

    public RecordEncoder Encoder { get; }

    /// <summary>The prediction, what the model tells besides, and the score before the link.</summary>
    public IReadOnlyList<ServedOutput> Outputs { get; }

    /// <summary>A block for <see cref="Run"/>.</summary>
    public SlotBlock Block(int capacity) => new(plan.SlotCount, capacity);

    /// <summary>Puts an encoded record into a row of a block.</summary>
    public void Fill(SlotBlock block, int row, ReadOnlySpan<double> record)
    {
        for (var field = 0; field < inputSlots.Length; field++)
            block[inputSlots[field]][row] = record[field];
    }

    /// <summary>Scores the rows of a block.</summary>
    /// <exception cref="HalleyException">HLY1207: a rule of the model refuses a value.</exception>
    public void Run(SlotBlock block) => plan.Run(block);
}
