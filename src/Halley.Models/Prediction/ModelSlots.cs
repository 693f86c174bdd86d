using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Where a plan holds a model's answer.</summary>
/// <param name="Raw">The score before the link, exposure and offset column left out; the score of a model below is in it.</param>
/// <param name="Prediction">The prediction at exposure 1: the link inverted, with the offset column where the model has one.</param>
public readonly record struct ModelSlots(SlotRef Raw, SlotRef Prediction);
