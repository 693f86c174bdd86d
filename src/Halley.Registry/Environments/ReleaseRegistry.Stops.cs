namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    const int StopAttempts = 5;

    /// <summary>
    /// Stops a model in every environment: decisions of which any release uses it answer by their declared fallback from now on. One
    /// durable step for each decision; repeating it changes nothing more.
    /// </summary>
    /// <param name="model">A model's name, or one version of it.</param>
    /// <returns>The changes made.</returns>
    /// <exception cref="Data.HalleyException">HLY5110: no such model; HLY5212: no live decision uses it; HLY5204: no reason; HLY5206: overtaken time and again.</exception>
    public Task<IReadOnlyList<EnvironmentChange>> StopModelAsync(
        string model,
        Actor by,
        string why,
        CancellationToken cancellation = default
    ) =>
        ChangeStopsAsync(
            model,
            (ChangeKind.Stop, by, why),
            arms =>
                arms.Stopped.Any(stop => stop.Model == model)
                    ? arms
                    : arms with
                    {
                        Stopped = [.. arms.Stopped, new(model, by, time.GetUtcNow(), why)],
                    },
            cancellation
        );

    /// <summary>Lets a stopped model answer again, in every environment.</summary>
    /// <exception cref="Data.HalleyException">As for <see cref="StopModelAsync"/>.</exception>
    public Task<IReadOnlyList<EnvironmentChange>> ResumeModelAsync(
        string model,
        Actor by,
        string why,
        CancellationToken cancellation = default
    ) =>
        ChangeStopsAsync(
            model,
            (ChangeKind.Resume, by, why),
            arms => arms with { Stopped = [.. arms.Stopped.Where(stop => stop.Model != model)] },
            cancellation
        );

    async Task<IReadOnlyList<EnvironmentChange>> ChangeStopsAsync(
        string model,
        (ChangeKind Kind, Actor By, string Why) what,
        Func<LiveArms, LiveArms> change,
        CancellationToken cancellation
    )
    {
        CheckReason(what.Why, "stopping or resuming a model");
        what.By.Check();
        var name = VersionId.TryParse(model, out var version) ? version.Name : model;
        var models = await store.ModelsAsync(name, cancellation).ConfigureAwait(false);
        if (models.Count == 0 || (name != model && models.All(one => one.Id != version)))
            throw RegistryErrors.NoModel(model, models);
        // 1. Decisions of which any release uses the model: one that is not live today may be tomorrow.
        var users = (await store.ReleasesAsync(null, cancellation).ConfigureAwait(false))
            .Where(release => release.Models.Any(pinned => pinned.Version.Name == name))
            .ToLookup(release => release.Decision);
        var history = await store.ChangesAsync(null, null, cancellation).ConfigureAwait(false);
        var places = history
            .Where(one => users.Contains(one.Decision))
            .Select(one => (one.Environment, one.Decision, one.Release))
            .DistinctBy(one => (one.Environment, one.Decision))
            .ToList();
        if (places.Count == 0)
            throw RegistryErrors.NotUsed(model);
        // 2. Each in its own durable step; somebody else's step in between is no reason to leave one out.
        var made = new List<EnvironmentChange>();
        foreach (var (environment, decision, _) in places)
        {
            for (var attempt = 1; ; attempt++)
            {
                var last = (await LastChangeAsync(environment, decision, cancellation).ConfigureAwait(false))!;
                var arms = change(last.Arms);
                if (arms.Stopped.SequenceEqual(last.Arms.Stopped))
                    break;
                var next = last with
                {
                    Kind = what.Kind,
                    Release = last.Arms.Champion ?? last.Release,
                    Role = null,
                    By = what.By,
                    Why = $"{model}: {what.Why}",
                    Request = null,
                    Waivers = null,
                    Canary = null,
                    Arms = arms,
                };
                try
                {
                    made.Add(await AddChangeAsync(last, next, cancellation).ConfigureAwait(false));
                    break;
                }
                catch (Data.HalleyException overtaken) when (overtaken.Code == "HLY5206" && attempt < StopAttempts)
                {
                    // Read again and repeat.
                }
            }
        }
        return made;
    }
}
