using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Chooses the release that answers a request: by the original decision, the schema named, the timetable, or the unit's arm.</summary>
sealed class ReleaseRouter(LocalStore store, ServerOptions options, TimeProvider clock)
{
    /// <summary>The release of an adjustment, of a schema or of the timetable, null where the unit's arm answers; and what is wrong with the request, null where nothing is.</summary>
    public async Task<(ReleaseChoice? Choice, FieldProblem? Problem)> ChooseAsync(
        LiveRoute route,
        DecisionCall call,
        CancellationToken cancellation
    )
    {
        if (call.Original is { } original)
            return await OriginalAsync(route, original, cancellation);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var scheduled = route.Live.Arms.Scheduled(call.Transaction ?? Transaction.NewBusiness, call.AsOf ?? today);
        if (call.Schema is { } schema && route.SchemaOf(scheduled ?? route.Champion.Release.Id) != schema)
        {
            return route.ReleaseOfSchema(schema) is { } served
                ? (new(Alone(served), "schema"), null)
                : (null, new("schema", schema, "is not served", string.Join(", ", route.Schemas), FieldProblemKind.UnknownLevel));
        }
        return (scheduled is { } release ? new(Alone(release), "timetable") : null, null);
    }

    async Task<(ReleaseChoice?, FieldProblem?)> OriginalAsync(LiveRoute route, Guid id, CancellationToken cancellation)
    {
        var found = await store.LogReader.FindAsync(id, cancellation);
        if (
            found is not { Decision: var first }
            || first.Decision != route.Live.Decision
            || first.Environment != options.Environment
        )
        {
            var expected = $"the id of a decision '{route.Live.Decision}' of '{options.Environment}'";
            return (
                null,
                new("original_decision_id", id.ToString(), "is not in the log", expected, FieldProblemKind.UnknownLevel)
            );
        }
        return (new(new(first.Release, first.Arm, first.Probability, 0), "original"), null);
    }

    static ArmAssignment Alone(VersionId release) => new(release, ReleaseRole.Champion, 1, 0);
}
