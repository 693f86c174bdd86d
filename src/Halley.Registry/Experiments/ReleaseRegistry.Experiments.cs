using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    const string ExperimentKind = "experiment";
    const string ExperimentEndKind = "experiment_end";

    /// <summary>Begins an experiment on a challenger or a shadow: from now on its rules stand.</summary>
    /// <exception cref="HalleyException">
    /// HLY5231: the release has no place; HLY5232: one runs; HLY5235, HLY5236: the plan; HLY5601: the value; HLY5204: no reason.
    /// </exception>
    public async Task<Experiment> StartExperimentAsync(ExperimentDraft draft, CancellationToken cancellation = default)
    {
        CheckReason(draft.Why, "an experiment");
        draft.By.Check();
        draft.Value.Validate();
        if (draft.Length <= TimeSpan.Zero || !(draft.PlannedDecisions > 0) || !double.IsFinite(draft.PlannedDecisions))
            throw ExperimentErrors.BadPlan("it needs a length above zero and a number of decisions above zero");
        var minimum = draft.MinimumDifference ?? draft.Value.MinimumDifference;
        if (minimum is { } least && !(least > 0 && double.IsFinite(least)))
            throw ExperimentErrors.BadPlan($"the smallest difference that matters is {least}; it must be above 0");
        var arms = (await LastChangeAsync(draft.Environment, draft.Release.Name, cancellation).ConfigureAwait(false))?.Arms;
        var isArm = arms?.Challengers.Any(arm => arm.Release == draft.Release) ?? false;
        if (arms?.Champion is not { } champion || !(isArm || arms.Shadows.Contains(draft.Release)))
            throw ExperimentErrors.NoPlace(draft);
        if (!isArm && draft.Value.ExpectedOutput is null)
            throw ExperimentErrors.NoExpected(draft.Release);
        var now = time.GetUtcNow();
        var experiment = new Experiment
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Environment = draft.Environment,
            Decision = draft.Release.Name,
            Release = draft.Release,
            Against = champion,
            Grade = isArm ? ValueGrade.RandomisedArm : ValueGrade.ShadowPair,
            Split = arms.Experiment,
            Value = draft.Value,
            MinimumDifference = minimum,
            PlannedDecisions = draft.PlannedDecisions,
            PlannedEnd = now + draft.Length,
            By = draft.By,
            At = now,
            Why = draft.Why,
        };
        await CheckNoneRunsAsync(experiment, cancellation).ConfigureAwait(false);
        await AddAsync(ExperimentKind, experiment.Environment, experiment, RegistryJson.Default.Experiment, cancellation)
            .ConfigureAwait(false);
        // Of two that began at once the one that the store took first stands.
        await CheckNoneRunsAsync(experiment, cancellation).ConfigureAwait(false);
        return experiment;
    }

    /// <summary>Every experiment of an environment, or of all, oldest first, with its end. Of two that overlapped the first stands alone.</summary>
    public async Task<IReadOnlyList<ExperimentState>> ExperimentsAsync(
        string? environment = null,
        CancellationToken cancellation = default
    )
    {
        var begun = await store.EntriesAsync(ExperimentKind, environment, cancellation).ConfigureAwait(false);
        var ended = await store.EntriesAsync(ExperimentEndKind, environment, cancellation).ConfigureAwait(false);
        var ends = new Dictionary<string, ExperimentEnd>(StringComparer.Ordinal);
        // The first end stands: a second person who stops it hears of the first.
        foreach (var entry in ended)
        {
            var end = JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.ExperimentEnd)!;
            ends.TryAdd(end.Experiment, end);
        }
        var states = new List<ExperimentState>();
        foreach (var entry in begun)
        {
            var experiment = JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.Experiment)!;
            var overlaps = states.Any(other =>
                IsSameSubject(other.Experiment, experiment) && !(other.End is { } end && end.At <= experiment.At)
            );
            if (!overlaps)
                states.Add(new(experiment, ends.GetValueOrDefault(experiment.Id)));
        }
        return states;
    }

    /// <exception cref="HalleyException">HLY5233: there is none of that id.</exception>
    public async Task<ExperimentState> FindExperimentAsync(string id, CancellationToken cancellation = default) =>
        (await ExperimentsAsync(null, cancellation).ConfigureAwait(false)).FirstOrDefault(one => one.Experiment.Id == id)
        ?? throw ExperimentErrors.Unknown(id);

    /// <summary>Ends an experiment and keeps its verdict. The arms stay as they are.</summary>
    /// <exception cref="HalleyException">HLY5233: there is none; HLY5234: it has ended; HLY5204: no reason.</exception>
    public async Task<ExperimentEnd> StopExperimentAsync(
        string id,
        ExperimentReport report,
        Actor by,
        string why,
        CancellationToken cancellation = default
    )
    {
        CheckReason(why, "ending an experiment");
        var state = await FindExperimentAsync(id, cancellation).ConfigureAwait(false);
        if (state.End is { } before)
            throw ExperimentErrors.Ended(before);
        var end = new ExperimentEnd(id, time.GetUtcNow(), by.Check(), why, report);
        var scope = state.Experiment.Environment;
        await AddAsync(ExperimentEndKind, scope, end, RegistryJson.Default.ExperimentEnd, cancellation).ConfigureAwait(false);
        var kept = (await FindExperimentAsync(id, cancellation).ConfigureAwait(false)).End!;
        return kept == end || (kept.At == end.At && kept.By == end.By) ? end : throw ExperimentErrors.Ended(kept);
    }

    async Task CheckNoneRunsAsync(Experiment experiment, CancellationToken cancellation)
    {
        var states = await ExperimentsAsync(experiment.Environment, cancellation).ConfigureAwait(false);
        var running = states.FirstOrDefault(one =>
            one.End is null && IsSameSubject(one.Experiment, experiment) && one.Experiment.Id != experiment.Id
        );
        if (running is not null)
            throw ExperimentErrors.Running(running.Experiment);
    }

    static bool IsSameSubject(Experiment one, Experiment other) =>
        one.Release == other.Release && one.Environment == other.Environment;

    Task AddAsync<T>(
        string kind,
        string scope,
        T record,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json,
        CancellationToken cancellation
    ) => store.AddEntryAsync(new(kind, scope, JsonSerializer.Serialize(record, json)), cancellation);
}
