using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Where a plan holds a model's answer.</summary>
/// <param name="Raw">The score before the link, exposure and offset column left out; the score of a model below is in it. Of classes the number of the most likely one.</param>
/// <param name="Prediction">The prediction at exposure 1: the link inverted, with the offset column where the model has one. Of classes the most likely one.</param>
public readonly record struct ModelSlots(SlotRef Raw, SlotRef Prediction)
{
    readonly SlotRef[]? outputs;
    readonly SlotRef[]? scores;

    /// <summary>In the order of <see cref="FittedModel.OutputNames"/>.</summary>
    public IReadOnlyList<SlotRef> Outputs => outputs ?? [];

    /// <summary>Scores that the outputs are made of, each before its link.</summary>
    internal SlotRef[] Scores => scores ?? [];

    internal ModelSlots With(SlotRef[] own, SlotRef[] from) => new(this, own, from);

    ModelSlots(ModelSlots plain, SlotRef[] outputs, SlotRef[] scores)
        : this(plain.Raw, plain.Prediction) => (this.outputs, this.scores) = (outputs, scores);
}
