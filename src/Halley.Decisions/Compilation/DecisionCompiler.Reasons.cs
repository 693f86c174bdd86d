using System.Globalization;
using Halley.Data.Expressions;

namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    List<CompiledReason> CompileReasons(Scope scope)
    {
        var compiled = new List<CompiledReason>();
        foreach (var reason in definition.Reasons)
        {
            var place = $"reason '{reason.Name}'";
            var text = scope.Sentence(reason.Text, place);
            var when = reason.When is null ? null : scope.Compile(reason.When, $"{place}, when", FieldKind.Boolean);
            var told = reason.OnlyWith.Count == 0 ? ulong.MaxValue : MaskOf(reason.OnlyWith, place);
            if (!(reason.MinimumContribution >= 0))
                Refuse($"{place}: minimumContribution", reason.MinimumContribution, "at least 0");
            if (CompileContribution(scope, reason, place) is { } contribution && text is not null)
                compiled.Add(new(reason, text, contribution, when, told));
        }
        return compiled;
    }

    /// <summary>The model's score less its score with the field at its reference: the model once more in the plan.</summary>
    SlotRef? CompileContribution(Scope scope, ReasonTemplate reason, string place)
    {
        if (definition.Models.All(model => model.Alias != reason.Model))
        {
            problems.Add(
                DecisionCodes.Reason,
                $"{place}: there is no model '{reason.Model}'. The decision has: {string.Join(", ", definition.Models.Select(model => model.Alias))}."
            );
            return null;
        }
        if (!modelUses.TryGetValue(reason.Model, out var use))
            return null;
        if (!use.Model.HasScore)
        {
            problems.Add(
                DecisionCodes.Reason,
                $"{place}: model '{reason.Model}' predicts classes, which a field has no single contribution to. Give a model of a number, or a formula."
            );
            return null;
        }
        if (!use.Inputs.TryGetValue(reason.Field, out var field))
        {
            problems.Add(
                DecisionCodes.Reason,
                $"{place}: model '{reason.Model}' reads no field '{reason.Field}'. It reads: {string.Join(", ", use.Inputs.Keys)}."
            );
            return null;
        }
        if (ReferenceOf(reason, use.Model, field.Type, place) is not { } reference)
            return null;
        var inputs = new Dictionary<string, SlotRef>(use.Inputs, StringComparer.Ordinal)
        {
            [reason.Field] = scope.Builder.Constant(field.Type, reference),
        };
        var compared = problems.Try(SlotRef? () => use.Model.Emit(scope.Builder, inputs).Raw, place);
        return compared is { } raw ? scope.Emit("score - reference", ("score", use.Slots.Raw), ("reference", raw)) : null;
    }

    /// <summary>The declared reference, else the usual range's median, else what was typical when the model was fitted.</summary>
    double? ReferenceOf(ReasonTemplate reason, IDecisionModel model, SlotType type, string place)
    {
        var range = definition.UsualRanges.FirstOrDefault(range => range.Name == reason.Field);
        if (reason.Reference is null && range is { Quantiles.Count: > 0 })
            return range.QuantileAt(0.5);
        var text = reason.Reference ?? model.TypicalOf(reason.Field);
        var value = text is null ? null : ReadValue(text, type);
        if (value is null)
            problems.Add(
                DecisionCodes.Reason,
                text is null
                    ? $"{place}: it needs a reference value for '{reason.Field}'. Give one, or a usual range, whose median is taken."
                    : $"{place}: reference '{text}' is no value of '{reason.Field}', which is a {type}."
            );
        return value;
    }

    static double? ReadValue(string text, SlotType type)
    {
        if (text == "missing")
            return double.NaN;
        return type.Kind switch
        {
            FieldKind.Category => type.Levels!.CodeOf(text) is >= 0 and var code ? code : null,
            FieldKind.Boolean => text is "true" or "false" ? (text == "true" ? 1 : 0) : null,
            FieldKind.Date => DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
                ? date.DayNumber
                : null,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? number
                : null,
        };
    }
}
