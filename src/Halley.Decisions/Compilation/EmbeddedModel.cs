using System.Globalization;
using Halley.Data.Expressions;
using Halley.Models;

namespace Halley.Decisions;

/// <summary>A fitted model inside a decision.</summary>
sealed class EmbeddedModel(FittedModel model) : IDecisionModel
{
    public IReadOnlyList<string> InputNames { get; } = [.. model.ScoreInputs.Fields.Select(field => field.Name)];

    public IReadOnlyList<string> Classes => model.Classes;

    public IReadOnlyList<string> OutputNames => model.OutputNames;

    public double? QuantileOf(string input, double share) => model.ProfileOf(input)?.Quantile(share);

    public string? TypicalOf(string input)
    {
        var field = model.ScoreInputs.Find(input);
        if (field is null || model.ProfileOf(input)?.Typical is not { } typical)
            return null;
        return field.Kind switch
        {
            FieldKind.Category => field.Levels![(int)typical],
            FieldKind.Boolean => typical == 1 ? "true" : "false",
            FieldKind.Date => DateOnly.FromDayNumber((int)typical).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => typical.ToString("R", CultureInfo.InvariantCulture),
        };
    }

    public EmittedModel Emit(PlanBuilder builder, IReadOnlyDictionary<string, SlotRef> scope)
    {
        var slots = model.Emit(builder, scope);
        return new(slots.Raw, slots.Prediction, slots.Outputs);
    }
}
