using System.Globalization;
using System.Text.Json;
using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>An answer as JSON.</summary>
/// <remarks>
/// <code>
/// { "decision": "motor-quote", "action": "accept",
///   "outputs": { "premium": 412.50, "premium_instalments": [137.50, 137.50, 137.50] },
///   "currencies": { "premium": "EUR" },
///   "reasons": ["…"],
///   "limits": [{ "step": "premium", "limit": "cap", "value": 412.5, "unbounded": 430.1 }],
///   "check": { "drawn": false, "probability": 0.02 },
///   "fallback": { "by": "table", "failures": [{ "part": "model 'frequency' (claim-count@3)", "why": "it gave no number" }] },
///   "steps": { "frequency.score": -2.9, … }, "contributions": [{ "reason": "late", "contribution": 0.8 }] }
/// </code>
/// Currencies, limits, check and fallback are there only where there is something to tell; steps and contributions only explained.
/// </remarks>
static class AnswerJson
{
    const int LongestAmount = 40;

    public static void Write(DecisionAnswer answer, Utf8JsonWriter writer, AnswerDetail detail)
    {
        writer.WriteStartObject();
        writer.WriteString("decision"u8, answer.Decision);
        writer.WriteString("action"u8, answer.Action);
        WriteOutputs(answer, writer);
        var reasons = answer.Reasons;
        writer.WritePropertyName("reasons"u8);
        WriteSentences(reasons, writer);
        WriteLimits(answer, writer);
        WriteCheck(answer, writer);
        WriteFallback(answer, writer);
        if (detail == AnswerDetail.Explained)
        {
            writer.WritePropertyName("steps"u8);
            WriteSteps(answer, writer);
            WriteContributions(reasons, writer);
        }
        writer.WriteEndObject();
    }

    /// <summary>One object: action, then the outputs.</summary>
    public static void WriteActionAndOutputs(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("action"u8, answer.Action);
        WriteEachOutput(answer, writer);
        writer.WriteEndObject();
    }

    /// <summary>One object: every named step; none where the plan did not run to its end.</summary>
    public static void WriteSteps(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteEachStep(answer, writer);
        writer.WriteEndObject();
    }

    /// <summary>One array of sentences.</summary>
    public static void WriteReasons(DecisionAnswer answer, Utf8JsonWriter writer) => WriteSentences(answer.Reasons, writer);

    static void WriteOutputs(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        var plan = answer.Plan;
        writer.WriteStartObject("outputs"u8);
        var hasMoney = WriteEachOutput(answer, writer);
        writer.WriteEndObject();
        if (!hasMoney)
            return;
        writer.WriteStartObject("currencies"u8);
        for (var i = 0; i < plan.Outputs.Length; i++)
        {
            if (plan.Outputs[i].Definition.Money is { } money && answer.Row.Has(plan.Outputs[i]))
                writer.WriteString(plan.Names.Outputs[i], money.Currency);
        }
        writer.WriteEndObject();
    }

    /// <returns>Whether some output is money.</returns>
    static bool WriteEachOutput(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        var (plan, hasMoney) = (answer.Plan, false);
        for (var i = 0; i < plan.Outputs.Length && answer.Source != AnswerSource.Refer; i++)
        {
            if (!answer.Row.Has(plan.Outputs[i]))
                continue;
            hasMoney |= plan.Outputs[i].Definition.Money is not null;
            writer.WritePropertyName(plan.Names.Outputs[i]);
            WriteOutput(answer, i, writer);
        }
        return hasMoney;
    }

    static void WriteOutput(DecisionAnswer answer, int position, Utf8JsonWriter writer)
    {
        var output = answer.Plan.Outputs[position];
        var value = answer.Row.At(output.Value);
        if (output.Definition.Money is not { } money || money.Round(value) is not { } total)
        {
            WriteValue(output.Value.Type, value, writer);
            return;
        }
        WriteAmount(money, total, writer);
        var count = answer.Row.InstalmentsOf(output);
        if (count <= 0)
            return;
        Span<decimal> payments = stackalloc decimal[count];
        money.Split(total, payments);
        writer.WriteStartArray(answer.Plan.Names.Instalments[position]);
        foreach (var payment in payments)
            WriteAmount(money, payment, writer);
        writer.WriteEndArray();
    }

    static void WriteAmount(MoneyRule money, decimal amount, Utf8JsonWriter writer)
    {
        Span<char> text = stackalloc char[LongestAmount];
        // Raw, because a JSON number written from a decimal would lose its closing zeros; a formatted decimal is always a number.
        writer.WriteRawValue(text[..money.Format(amount, text)], skipInputValidation: true);
    }

    static void WriteValue(SlotType type, double value, Utf8JsonWriter writer)
    {
        if (!double.IsFinite(value))
        {
            writer.WriteNullValue();
            return;
        }
        switch (type.Kind)
        {
            case FieldKind.Category:
                writer.WriteStringValue(type.Levels![(int)value]);
                break;
            case FieldKind.Boolean:
                writer.WriteBooleanValue(value == 1);
                break;
            case FieldKind.Date:
                Span<char> date = stackalloc char[10];
                DateOnly.FromDayNumber((int)value).TryFormat(date, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                writer.WriteStringValue(date);
                break;
            default:
                writer.WriteNumberValue(value);
                break;
        }
    }

    static void WriteSentences(IReadOnlyList<ToldReason> reasons, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var reason in reasons)
            writer.WriteStringValue(reason.Sentence);
        writer.WriteEndArray();
    }

    static void WriteLimits(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        if (answer.Source == AnswerSource.Refer || !answer.Row.IsLimited())
            return;
        writer.WriteStartArray("limits"u8);
        foreach (var hit in answer.Limits)
        {
            writer.WriteStartObject();
            writer.WriteString("step"u8, hit.Step);
            writer.WriteString("limit"u8, hit.IsCap ? "cap"u8 : "floor"u8);
            writer.WriteNumber("value"u8, hit.Limit);
            writer.WriteNumber("unbounded"u8, hit.Unbounded);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void WriteCheck(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        if (answer.Check is not var (drawn, probability))
            return;
        writer.WriteStartObject("check"u8);
        writer.WriteBoolean("drawn"u8, drawn);
        writer.WriteNumber("probability"u8, probability);
        writer.WriteEndObject();
    }

    static void WriteFallback(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        if (!answer.IsFallback)
            return;
        writer.WriteStartObject("fallback"u8);
        writer.WriteString("by"u8, NameOf(answer.Source));
        writer.WriteStartArray("failures"u8);
        foreach (var failure in answer.Failures)
        {
            writer.WriteStartObject();
            writer.WriteString("part"u8, failure.Part);
            writer.WriteString("why"u8, failure.Why);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>As answers and batch tables write it.</summary>
    internal static string NameOf(AnswerSource source) =>
        source switch
        {
            AnswerSource.Release => "release",
            AnswerSource.PreviousRelease => "previous-release",
            AnswerSource.Table => "table",
            _ => "refer",
        };

    static void WriteEachStep(DecisionAnswer answer, Utf8JsonWriter writer)
    {
        var plan = answer.Plan;
        for (var i = 0; i < plan.Steps.Count && answer.IsRun; i++)
        {
            writer.WritePropertyName(plan.Names.Steps[i]);
            WriteValue(plan.Steps[i].Slot.Type, answer.Row.At(plan.Steps[i].Slot), writer);
        }
    }

    static void WriteContributions(IReadOnlyList<ToldReason> reasons, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("contributions"u8);
        foreach (var reason in reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("reason"u8, reason.Name);
            if (double.IsNaN(reason.Contribution))
                writer.WriteNull("contribution"u8);
            else
                writer.WriteNumber("contribution"u8, reason.Contribution);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
