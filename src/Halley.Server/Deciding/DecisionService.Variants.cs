using System.Globalization;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

sealed partial class DecisionService
{
    /// <summary>Decides the variants of a request: one release for all, one durable write, an id each; a bad variant fails alone.</summary>
    /// <exception cref="HalleyException">As for one record.</exception>
    public async Task<VariantsOutcome> DecideVariantsAsync(string decision, DecisionCall call, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        if (routes.Find(decision) is not { } route)
            return new(
                routes.IsReady
                    ? new DecisionOutcome.NotLive()
                    : new DecisionOutcome.NotReady(routes.Problem ?? "The registry is being read."),
                []
            );
        // 1. What this key was answered before.
        var first = await FirstVariantsAsync(decision, call, cancellation);
        if (first.FirstOrDefault(record => record is not null && record.RequestHash != call.Hash) is { } other)
            return new(new DecisionOutcome.KeyReused(other), []);
        // 2. One release for all of them, by the shared inputs.
        var (choice, wrong) = await router.ChooseAsync(route, call, cancellation);
        if (wrong is not null)
            return new(new DecisionOutcome.Refused([wrong]), []);
        if (UnitIdOf(call, await UnitFieldAsync(route, choice, cancellation)) is not { Length: > 0 } unit)
            return new(new DecisionOutcome.Refused([NoUnit]), []);
        var chosen = choice ?? new ReleaseChoice(route.Assign(unit), null);
        // A variant that was refused at first is refused again, by the release that was asked then.
        var release = first.FirstOrDefault(record => record is not null)?.Release ?? chosen.Arm.Release;
        var engine = await route.EngineAsync(release, cancellation);
        // 3. Each by itself.
        var answers = new VariantAnswer[call.Variants.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var variant = call.Variants[i];
            if (first[i] is { } known)
            {
                answers[i] = new(variant.Name, known, []);
                continue;
            }
            var own = call with { Inputs = InputMerge.Of(call.Inputs, variant.Inputs), Key = KeyOf(call.Key, i) };
            if (!engine.TryDecide(own.Inputs.Span, out var answer, out var problems))
            {
                answers[i] = new(variant.Name, null, problems);
                continue;
            }
            using (answer)
            {
                var record = Record(route, own, unit, chosen, answer, clock.GetElapsedTime(started)) with
                {
                    Variant = variant.Name,
                };
                answers[i] = new(variant.Name, record, []);
            }
        }
        // 4. All good ones in one commit.
        var fresh = answers
            .Where((answer, i) => first[i] is null && answer.Record is not null)
            .Select(answer => answer.Record!)
            .ToList();
        var appended = await log.AppendAsync(fresh, cancellation);
        if (appended.FirstOrDefault(result => result.Status == AppendStatus.Conflict) is { } conflict)
            return new(new DecisionOutcome.KeyReused(conflict.Record), []);
        var kept = appended.GetEnumerator();
        for (var i = 0; i < answers.Length; i++)
        {
            if (first[i] is not null || answers[i].Record is null || !kept.MoveNext())
                continue;
            answers[i] = answers[i] with { Record = kept.Current.Record };
            if (kept.Current.Status == AppendStatus.Appended)
                Count(route, kept.Current.Record, clock.GetElapsedTime(started));
        }
        return answers.All(answer => answer.Record is null)
            ? new(new DecisionOutcome.Refused(Placed(answers)), [])
            : new(null, answers);
    }

    /// <summary>The first answers to the variants of a repeated request, null for each that has none; shape (variants).</summary>
    async Task<DecisionRecord?[]> FirstVariantsAsync(string decision, DecisionCall call, CancellationToken cancellation)
    {
        var found = new DecisionRecord?[call.Variants.Count];
        for (var i = 0; i < found.Length && call.Key is not null; i++)
            found[i] = await store.LogReader.FindByKeyAsync(options.Environment, decision, KeyOf(call.Key, i)!, cancellation);
        return found;
    }

    /// <summary>Each variant has the request's key with its place behind it; no caller's key holds a line feed and these words.</summary>
    static string? KeyOf(string? key, int place) =>
        key is null ? null : string.Create(CultureInfo.InvariantCulture, $"{key}\nvariant {place}");

    static List<FieldProblem> Placed(VariantAnswer[] answers) =>
        [
            .. answers.SelectMany(
                (answer, i) =>
                    answer.Problems.Select(problem =>
                        problem with
                        {
                            Field = string.Create(CultureInfo.InvariantCulture, $"variants[{i}].inputs.{problem.Field}"),
                        }
                    )
            ),
        ];
}
