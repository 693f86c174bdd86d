using System.Globalization;
using Halley.Data.Expressions;
using Halley.Models;

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
        if (ProblemOfClass(reason, use.Model.Classes) is { } problem)
        {
            problems.Add(DecisionCodes.Reason, $"{place}: {problem}");
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
        var compared = problems.Try(
            SlotRef? () => ScoreOf(scope, reason, use.Model, use.Model.Emit(scope.Builder, inputs)),
            place
        );
        return compared is { } score
            ? scope.Emit("score - reference", ("score", ScoreOf(scope, reason, use.Model, use.Slots)), ("reference", score))
            : null;
    }

    /// <summary>What is wrong with the class that a reason names, or does not; null for nothing.</summary>
    static string? ProblemOfClass(ReasonTemplate reason, IReadOnlyList<string> classes) =>
        reason.Class is not { } named
            ? classes.Count == 0
                ? null
                : $"model '{reason.Model}' predicts classes. Say which one the reason is about, class: {string.Join(", ", classes)}."
            : classes.Count == 0
                ? $"model '{reason.Model}' predicts a number. Leave class: {named} out."
                : classes.Contains(named)
                    ? null
                    : $"model '{reason.Model}' has no class '{named}'. It has: {string.Join(", ", classes)}.";

    /// <summary>The model's score; of a class the logarithm of its odds against all others.</summary>
    static SlotRef ScoreOf(Scope scope, ReasonTemplate reason, IDecisionModel model, EmittedModel emitted)
    {
        if (reason.Class is null)
            return emitted.Raw;
        var odds = scope.Builder.Allocate(SlotType.Number);
        int[] shares = [.. emitted.Outputs.Select(output => output.Index)];
        scope.Builder.Add(new ClassOdds(shares, model.Classes.ToList().IndexOf(reason.Class), odds.Index));
        return odds;
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
