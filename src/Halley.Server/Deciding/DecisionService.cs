using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Answers requests: assign, decide, log, and only then answer. Safe to share between threads.</summary>
sealed partial class DecisionService(
    LiveRoutes routes,
    DecisionLog log,
    LocalStore store,
    ReleaseRouter router,
    ShadowRunner shadows,
    CanaryGuardian canaries,
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
        {
            return !routes.IsReady
                ? new DecisionOutcome.NotReady(routes.Problem ?? "The registry is being read.")
                : await FirstAnswerAsync(decision, call, cancellation) ?? new DecisionOutcome.NotLive();
        }
        using var span = Spans.Start("decide");
        // 2. The release: by original decision, schema or timetable, or else the arm of the unit's stable hash.
        var (choice, wrong) = await router.ChooseAsync(route, call, cancellation);
        if (wrong is not null)
            return await RefuseAsync(decision, call, [wrong, .. Check(decision, call)], cancellation);
        if (UnitIdOf(call, await UnitFieldAsync(route, choice, cancellation)) is not { Length: > 0 } unit)
            return await RefuseAsync(decision, call, Check(decision, call), cancellation);
        var chosen = choice ?? new ReleaseChoice(route.Assign(unit), null);
        var engine = await route.EngineAsync(chosen.Arm.Release, cancellation);
        // 3. The decision itself.
        if (!TryDecide(engine, call, chosen.Arm, out var answer, out var problems))
        {
            // A challenger that refuses what the champion takes fails its callers; a canary's guards are to know.
            if (IsTrial(chosen.Arm, call) && Check(decision, call).Count == 0)
                canaries.Failed(chosen.Arm.Release, $"refused input '{problems[0].Field}'");
            return await RefuseAsync(decision, call, problems, cancellation);
        }
        DecisionRecord record;
        using (answer)
            record = Record(route, call, unit, chosen, answer, clock.GetElapsedTime(started));
        // 4. Durable before anyone is answered. The caller's going away must not undo what others may have seen.
        AppendResult appended;
        using (Spans.Start("log append"))
            appended = await log.AppendAsync(record, cancellation);
        Spans.Tell(span, appended.Record);
        if (appended.Status == AppendStatus.Conflict)
            return new DecisionOutcome.KeyReused(appended.Record);
        if (appended.Status == AppendStatus.Repeated)
            return new DecisionOutcome.Decided(appended.Record, Repeated: true);
        Count(route, record, clock.GetElapsedTime(started));
        return new DecisionOutcome.Decided(record, Repeated: false);
    }

    bool TryDecide(
        DecisionEngine engine,
        DecisionCall call,
        ArmAssignment arm,
        [NotNullWhen(true)] out DecisionAnswer? answer,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    )
    {
        using var span = Spans.Start("evaluate");
        try
        {
            return engine.TryDecide(call.Inputs.Span, out answer, out problems);
        }
        catch (Exception fault) when (IsTrial(arm, call))
        {
            canaries.Failed(arm.Release, fault.GetType().Name);
            throw;
        }
    }

    static bool IsTrial(ArmAssignment arm, DecisionCall call) =>
        arm.Role == ReleaseRole.Challenger && call.Purpose == Purpose.Live;

    /// <summary>Counts what was live, and asks the shadows, off the request's path. Tests and what-ifs enter neither.</summary>
    void Count(LiveRoute route, DecisionRecord record, TimeSpan elapsed)
    {
        if (record.Purpose != Purpose.Live)
            return;
        traffic.Decided(elapsed, record.Fallback is not null);
        shadows.Offer(route, record);
    }

    static async ValueTask<string?> UnitFieldAsync(LiveRoute route, ReleaseChoice? choice, CancellationToken cancellation) =>
        LiveRoute.UnitFieldOf(await route.EngineAsync(choice?.Arm.Release ?? route.Champion.Release.Id, cancellation));

    /// <summary>All that is wrong with a call's inputs and unit by the champion's schema; decides and logs nothing.</summary>
    public IReadOnlyList<FieldProblem> Check(string decision, DecisionCall call)
    {
        if (routes.Find(decision) is not { } route)
            return [];
        var encoder = route.Engine(route.Champion.Release.Id).Encoder;
        var (slots, texts) = (new double[encoder.SlotCount], new string?[encoder.SlotCount]);
        IReadOnlyList<FieldProblem> found = encoder.TryEncode(call.Inputs.Span, slots, texts, out var problems) ? [] : problems;
        // A wrong id is told as the field that it is, not a second time.
        var unitField = LiveRoute.UnitFieldOf(route.Engine(route.Champion.Release.Id));
        var isTold = found.Any(problem => problem.Field.Length == 0 || problem.Field == unitField);
        return isTold || UnitIdOf(call, unitField) is { Length: > 0 } ? found : [.. found, NoUnit];
    }

    async Task<DecisionOutcome> RefuseAsync(
        string decision,
        DecisionCall call,
        IReadOnlyList<FieldProblem> problems,
        CancellationToken cancellation
    ) => await FirstAnswerAsync(decision, call, cancellation) ?? new DecisionOutcome.Refused(problems);

    /// <summary>The first answer to a repeated request that what is live now would refuse; null where there is none.</summary>
    async Task<DecisionOutcome?> FirstAnswerAsync(string decision, DecisionCall call, CancellationToken cancellation) =>
        call.Key is { } key
        && await store.LogReader.FindByKeyAsync(options.Environment, decision, key, cancellation) is { } first
        && first.RequestHash == call.Hash
            ? new DecisionOutcome.Decided(first, Repeated: true)
            : null;

    DecisionRecord Record(
        LiveRoute route,
        DecisionCall call,
        string unit,
        ReleaseChoice chosen,
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
            Release = chosen.Arm.Release,
            Revision = route.Live.Revision,
            Arm = chosen.Arm.Role,
            Probability = chosen.Arm.Probability,
            Purpose = call.Purpose,
            RequestKey = call.Key,
            RequestHash = call.Key is null ? null : call.Hash,
            LatencyMicroseconds = latency.TotalMicroseconds,
            Fallback = answer.IsFallback ? Describe(answer) : null,
            CheckProbability = check?.Probability,
            Checked = check?.Drawn ?? false,
            Simulated = options.Simulated,
            AsOf = call.AsOf,
            Transaction = call.Transaction,
            Original = call.Original,
            Route = chosen.Route,
            Trace = Spans.Traceparent(),
            UnitId = unit,
            Inputs = call.Inputs.ToArray(),
            Outputs = bytes.Outputs,
            Steps = bytes.Steps,
            Reasons = bytes.Reasons,
            PartsAreJson = true,
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

    /// <summary>The call's unit, or else the value of the input field of role id as text; null where there is neither.</summary>
    static string? UnitIdOf(DecisionCall call, string? unitField)
    {
        if (call.UnitId is not null || unitField is null)
            return call.UnitId;
        var reader = new Utf8JsonReader(call.Inputs.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUnit = reader.ValueTextEquals(unitField);
            reader.Read();
            if (isUnit)
                return TextOf(ref reader);
            reader.Skip();
        }
        return null;
    }

    static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // A text that is no Unicode; the schema's check names it.
            return null;
        }
    }
}
