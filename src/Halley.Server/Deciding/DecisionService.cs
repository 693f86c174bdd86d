using System.Text.Json;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Answers requests: assign, decide, log, and only then answer. Safe to share between threads.</summary>
sealed class DecisionService(
    LiveRoutes routes,
    DecisionLog log,
    ShadowRunner shadows,
    Traffic traffic,
    ServerOptions options,
    TimeProvider clock
)
{
    static readonly FieldProblem NoUnit = new(
        "unit_id",
        null,
        "is missing",
        "the id of the unit that is decided on: a quote, policy, claim or customer",
        FieldProblemKind.Missing
    );

    /// <exception cref="HalleyException">HLY5401: too many requests wait for the disk; HLY5002 to HLY5006: the log can't be written.</exception>
    public async Task<DecisionOutcome> DecideAsync(string decision, DecisionCall call, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        // 1. What is live now; the whole request sees this one state.
        if (routes.Find(decision) is not { } route)
            return new DecisionOutcome.NotLive();
        // 2. The arm, by the unit's stable hash.
        if ((call.UnitId ?? UnitIdOf(route, call.Inputs)) is not { Length: > 0 } unit)
            return new DecisionOutcome.Refused([NoUnit]);
        var arm = route.Assign(unit);
        // 3. The decision itself.
        if (!route.Engine(arm.Release).TryDecide(call.Inputs.Span, out var answer, out var problems))
            return new DecisionOutcome.Refused(problems);
        DecisionRecord record;
        using (answer)
            record = Record(route, call, unit, arm, answer, clock.GetElapsedTime(started));
        // 4. Durable before anyone is answered. The caller's going away must not undo what others may have seen.
        var appended = await log.AppendAsync(record, cancellation);
        if (appended.Status == AppendStatus.Conflict)
            return new DecisionOutcome.KeyReused(appended.Record);
        if (appended.Status == AppendStatus.Repeated)
            return new DecisionOutcome.Decided(appended.Record, Repeated: true);
        // 5. Shadows, off the request's path.
        traffic.Decided(clock.GetElapsedTime(started), record.Fallback is not null);
        shadows.Offer(route, record);
        return new DecisionOutcome.Decided(record, Repeated: false);
    }

    DecisionRecord Record(
        LiveRoute route,
        DecisionCall call,
        string unit,
        ArmAssignment arm,
        DecisionAnswer answer,
        TimeSpan latency
    )
    {
        var now = clock.GetUtcNow();
        var bytes = AnswerBytes.Of(answer);
        var check = answer.Check;
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Time = now,
            Environment = options.Environment,
            Decision = route.Live.Decision,
            Release = arm.Release,
            Revision = route.Live.Revision,
            Arm = arm.Role,
            Probability = arm.Probability,
            Purpose = call.Purpose,
            RequestKey = call.Key,
            RequestHash = call.Key is null ? null : call.Hash,
            LatencyMicroseconds = latency.TotalMicroseconds,
            Fallback = answer.IsFallback ? Describe(answer) : null,
            CheckProbability = check?.Probability,
            Checked = check?.Drawn ?? false,
            Simulated = options.Simulated,
            UnitId = unit,
            Inputs = call.Inputs.ToArray(),
            Outputs = bytes.Outputs,
            Steps = bytes.Steps,
            Reasons = bytes.Reasons,
        };
    }

    static string Describe(DecisionAnswer answer)
    {
        var by = answer.Source switch
        {
            AnswerSource.PreviousRelease => "previous_release",
            AnswerSource.Table => "table",
            _ => "refer",
        };
        return $"{by}: {string.Join("; ", answer.Failures)}";
    }

    /// <summary>The value of the input field of role id, as text; null where there is none.</summary>
    static string? UnitIdOf(LiveRoute route, ReadOnlyMemory<byte> inputs)
    {
        if (route.UnitField is null)
            return null;
        var reader = new Utf8JsonReader(inputs.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUnit = reader.ValueTextEquals(route.UnitField);
            reader.Read();
            if (isUnit)
                return TextOf(ref reader);
            reader.Skip();
        }
        return null;
    }

    static string? TextOf(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
}
