using System.Text.Json;
using Halley.Registry;

namespace Halley.Server;

/// <summary><c>POST /v1/decisions/{name}</c></summary>
static class DecideEndpoint
{
    public static async Task HandleAsync(HttpContext context, string name, DecisionService decisions, ServerOptions options)
    {
        if (await Bodies.ReadAsync(context.Request, options.MaximumBodyBytes) is not { } body)
        {
            await Problems.TooLargeAsync(context, options.MaximumBodyBytes);
            return;
        }
        string? key = context.Request.Headers["Idempotency-Key"];
        var call = DecisionCallReader.Read(body, key, options.MaximumDepth, out var problems);
        if (call is null || problems.Count > 0)
        {
            await Problems.BadRequestAsync(context, call is null ? problems : [.. problems, .. decisions.Check(name, call)]);
            return;
        }
        if (AccessGuard.CallerOf(context) is { } caller && !AccessRules.MayDecide(caller, call.Purpose))
        {
            await Problems.ForbiddenAsync(context, caller, [AccessRole.Caller, AccessRole.Operator]);
            return;
        }
        if (call.Variants.Count > 0)
        {
            var variants = await TimeLimit.WaitAsync(
                decisions.DecideVariantsAsync(name, call, CancellationToken.None),
                options.Hosting.RequestTime
            );
            await (
                variants.Failure is { } failure
                    ? FailAsync(context, name, failure)
                    : VariantsWriter.WriteAsync(context, variants.Answers, call.Explain)
            );
            return;
        }
        if (call.Earlier is not null)
        {
            var (outcome, earlier) = await decisions.WhatIfAsync(name, call, CancellationToken.None);
            await (
                outcome is DecisionOutcome.Decided asked && earlier is not null
                    ? WhatIfWriter.WriteAsync(context, asked.Record, earlier)
                    : FailAsync(context, name, outcome)
            );
            return;
        }
        // The log is told nothing of the caller's going away: once appended, a decision stands.
        var answered = await TimeLimit.WaitAsync(
            decisions.DecideAsync(name, call, CancellationToken.None),
            options.Hosting.RequestTime
        );
        await (
            answered is DecisionOutcome.Decided decided
                ? WriteAsync(context, decided.Record, call.Explain)
                : FailAsync(context, name, answered)
        );
    }

    static Task FailAsync(HttpContext context, string name, DecisionOutcome outcome) =>
        outcome switch
        {
            DecisionOutcome.Refused refused => Problems.BadRequestAsync(context, refused.Problems),
            DecisionOutcome.KeyReused reused => Problems.KeyReusedAsync(context, reused.First.Id),
            DecisionOutcome.NotReady waiting => Problems.BusyAsync(context, waiting.Why),
            _ => Problems.NotLiveAsync(context, name),
        };

    /// <summary>Writes the answer from the record alone, so that a repeated request gets the same bytes as the first.</summary>
    static Task WriteAsync(HttpContext context, DecisionRecord record, bool explain)
    {
        var scratch = JsonScratch.Begin();
        scratch.Writer.WriteStartObject();
        WriteMembers(scratch.Writer, record, explain);
        scratch.Writer.WriteEndObject();
        var bytes = scratch.Written;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        // Copied before anything is awaited: the scratch is the next request's by then.
        bytes.CopyTo(context.Response.BodyWriter.GetSpan(bytes.Length));
        context.Response.BodyWriter.Advance(bytes.Length);
        return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <summary>The members of an answer, without the braces around them.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, DecisionRecord record, bool explain)
    {
        writer.WriteString("decision_id", record.Id);
        writer.WriteString("decision", record.Decision);
        writer.WriteString("release", record.Release.ToString());
        writer.WriteString("arm", DecisionViews.ArmOf(record));
        writer.WriteString("time", record.Time);
        WriteOutputs(writer, record);
        writer.WritePropertyName("reasons");
        writer.WriteRawValue(record.Reasons.Span, skipInputValidation: true);
        writer.WriteBoolean("fallback", record.Fallback is not null);
        if (record.CheckProbability is { } probability)
        {
            writer.WriteStartObject("check");
            writer.WriteBoolean("drawn", record.Checked);
            writer.WriteNumber("probability", probability);
            writer.WriteEndObject();
        }
        if (record.Simulated)
            writer.WriteBoolean("simulated", true);
        if (explain)
            WriteSteps(writer, record);
    }

    /// <summary>Action and outputs of a record.</summary>
    public static void WriteOutputs(Utf8JsonWriter writer, DecisionRecord record)
    {
        var outputs = record.Outputs.Span;
        WriteMembersOf(writer, outputs, isAction: true);
        writer.WriteStartObject("outputs"u8);
        WriteMembersOf(writer, outputs, isAction: false);
        writer.WriteEndObject();
    }

    /// <summary>The action of logged outputs, or all else, byte for byte as they were logged.</summary>
    static void WriteMembersOf(Utf8JsonWriter writer, ReadOnlySpan<byte> outputs, bool isAction)
    {
        var reader = new Utf8JsonReader(outputs);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals("action"u8) == isAction;
            var name = reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isWanted)
                continue;
            writer.WritePropertyName(name);
            writer.WriteRawValue(outputs[start..(int)reader.BytesConsumed], skipInputValidation: true);
            if (isAction)
                return;
        }
    }

    static void WriteTo(this JsonElement element, Utf8JsonWriter writer, string name)
    {
        writer.WritePropertyName(name);
        element.WriteTo(writer);
    }

    static void WriteSteps(Utf8JsonWriter writer, DecisionRecord record)
    {
        writer.WriteStartArray("steps");
        foreach (var step in DecisionViews.Steps(record.Steps))
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            step.Value.WriteTo(writer, "value");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
