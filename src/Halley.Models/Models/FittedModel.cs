using Halley.Data.Expressions;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>A fitted predictor with everything needed to serve it: inputs, derived features, encodings, scorer, offset rule and link.</summary>
/// <remarks>Immutable, safe to share between threads.</remarks>
public sealed partial class FittedModel
{
    readonly FeatureStep[] steps;
    readonly Schema scoreInputs;

    /// <param name="offsetModel">The model below; null for none.</param>
    internal FittedModel(ModelHeader header, IScorer scorer, CheckRows? checkRows, FittedModel? offsetModel = null)
    {
        Header = header;
        OffsetModel = offsetModel;
        Scorer = scorer;
        Outputs = ModelOutputs.Of(header.Spec, header.FittedFamily, scorer);
        CheckRows = checkRows ?? new(0, 0, []);
        scoreInputs = new(header.Inputs.Fields.Where(field => field.Role != Role.Exposure));
        steps = [.. ModelInputs.StepsFor(header.Spec, ModelInputs.ServedNames(header.Spec))];
    }

    public string Name => Header.Spec.Name;

    public ModelHeader Header { get; }

    public ModelSpec Spec => Header.Spec;

    /// <summary>Raw fields that the model reads; see <see cref="ModelHeader.Inputs"/>.</summary>
    public Schema Inputs => Header.Inputs;

    /// <summary><see cref="Inputs"/> without the exposure: what a score or a prediction at exposure 1 needs.</summary>
    public Schema ScoreInputs => scoreInputs;

    public Family Family => Header.FittedFamily ?? Spec.Family;

    public Link Link => Header.Link;

    public ExposureUse ExposureUse => Spec.ExposureUse;

    public IReadOnlyList<PartMetrics> Metrics => Header.Metrics;

    public Lineage Lineage => Header.Lineage;

    public CheckRows CheckRows { get; }

    /// <summary>The scorer, whose inputs are recoded features; most callers want <see cref="Emit"/> or <see cref="Predict"/>.</summary>
    public IScorer Scorer { get; }

    /// <summary>The model that boosted trees stand on: it scores each row by its own rules, and its score is added; null where there is none.</summary>
    /// <remarks>A GLM on top of another model has that one's table in its own scorer instead.</remarks>
    public FittedModel? OffsetModel { get; }

    /// <summary>How an input was spread over the learn rows: its usual range and typical value; null where the model has no such input.</summary>
    public FeatureProfile? ProfileOf(string input) => Header.Profiles.FirstOrDefault(profile => profile.Name == input);

    /// <summary>Adds the model to a plan.</summary>
    /// <param name="scope">The caller's slots by field name; every field of <see cref="ScoreInputs"/> must be among them.</param>
    /// <exception cref="HalleyException">HLY3301: the caller lacks a field; HLY1203, HLY1204: a field is of another kind.</exception>
    /// <remarks>A row that a rule refuses makes the plan's run throw HLY1207; a row that the learner refuses scores NaN.</remarks>
    public ModelSlots Emit(PlanBuilder builder, IReadOnlyDictionary<string, SlotRef> scope)
    {
        // 1. Raw fields by the model's rules, then the derived features.
        var features = FeatureSteps.Emit(builder, scoreInputs, steps, scope);
        // 2. Each of the scorer's inputs in the scorer's own levels.
        var inputs = Scorer.Inputs.Select(input => EmitInput(builder, features, input).Index).ToArray();
        // 3. The score.
        var raw = builder.Allocate(SlotType.Number);
        var scores = Outputs?.ScoreNames.Select(_ => builder.Allocate(SlotType.Number)).ToArray() ?? [];
        builder.Add(Outputs?.Scoring(inputs, raw.Index, IndexesOf(scores)) ?? new ScoreInstruction(Scorer, inputs, raw.Index));
        // 4. The score of the model below, from the caller's fields by its own rules.
        if (OffsetModel is not null)
            builder.Add(new AddInstruction(OffsetModel.Emit(builder, scope).Raw.Index, raw.Index));
        // 5. Offset and link.
        var prediction = builder.Allocate(Outputs?.PredictionType ?? SlotType.Number);
        int? offset = Spec.Offset is null ? null : features[Spec.Offset].Index;
        builder.Add(new LinkInstruction(Link, raw.Index, offset, prediction.Index));
        if (Outputs is null)
            return new(raw, prediction);
        // 6. What the model tells besides.
        var outputs = Outputs.Names.Select(_ => builder.Allocate(SlotType.Number)).ToArray();
        builder.Add(Outputs.Finishing(IndexesOf(scores), prediction.Index, IndexesOf(outputs)));
        return new ModelSlots(raw, prediction).With(outputs, scores);
    }

    static int[] IndexesOf(SlotRef[] slots) => Array.ConvertAll(slots, slot => slot.Index);

    /// <summary>Adds what comes before the score: raw fields, derived features, levels of the scorer.</summary>
    /// <returns>Shape (inputs of <see cref="Scorer"/>): the slot of each.</returns>
    internal int[] EmitScorerInputs(PlanBuilder builder, IReadOnlyDictionary<string, SlotRef> scope)
    {
        var features = FeatureSteps.Emit(builder, scoreInputs, steps, scope);
        return [.. Scorer.Inputs.Select(input => EmitInput(builder, features, input).Index)];
    }

    SlotRef EmitInput(PlanBuilder builder, Dictionary<string, SlotRef> features, ScorerInput input)
    {
        if (!features.TryGetValue(input.Name, out var feature) || (input.Kind == FieldKind.Category && input.Levels is null))
            throw new HalleyException(
                "HLY3304",
                $"the scorer reads '{input.Name}', which is not a feature of model '{Name}' or lacks its levels."
            );
        // A boolean's scorer may list its two levels; its slot type has none.
        var wanted = new SlotType(input.Kind, input.Kind == FieldKind.Category ? input.Levels : null);
        var unseen = ModelInputs.RuleOf(Spec, input.Name)?.WhenUnseen ?? Spec.Learner.DefaultWhenUnseen;
        return Recode.Emit(builder, feature, input.Name, wanted, ValueRule.Missing, unseen);
    }
}
