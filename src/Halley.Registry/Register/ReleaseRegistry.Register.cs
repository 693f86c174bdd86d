using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    const string CardKind = "model_card";

    /// <summary>Puts a model's card into the register, in place of its earlier one.</summary>
    /// <exception cref="HalleyException">HLY5110: there is no such model; HLY5614: owner or purpose is empty; HLY5204: no reason.</exception>
    public async Task SetCardAsync(ModelCard card, CancellationToken cancellation = default)
    {
        CheckReason(card.Why, "a card of the register");
        card.By.Check();
        var versions = await store.ModelsAsync(card.Model, cancellation).ConfigureAwait(false);
        if (versions.Count == 0)
            throw RegistryErrors.NoModel(card.Model, versions);
        if (string.IsNullOrWhiteSpace(card.Owner) || string.IsNullOrWhiteSpace(card.Purpose))
            throw new HalleyException(
                "HLY5614",
                $"the card of '{card.Model}' lacks its owner or its purpose. Say who answers for the model and what it is for."
            );
        await AddAsync(CardKind, card.Model, card, RegistryJson.Default.ModelCard, cancellation).ConfigureAwait(false);
    }

    /// <summary>Every card that a model had, oldest first.</summary>
    public async Task<IReadOnlyList<ModelCard>> CardsAsync(string? model, CancellationToken cancellation = default) =>
        [
            .. (await store.EntriesAsync(CardKind, model, cancellation).ConfigureAwait(false)).Select(entry =>
                JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.ModelCard)!
            ),
        ];

    /// <summary>Every model with its card and where it is live, by name.</summary>
    public async Task<IReadOnlyList<RegisterLine>> RegisterAsync(CancellationToken cancellation = default)
    {
        var cards = (await CardsAsync(null, cancellation).ConfigureAwait(false))
            .GroupBy(card => card.Model)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var live = await LiveModelsAsync(cancellation).ConfigureAwait(false);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var lines = new List<RegisterLine>();
        foreach (
            var versions in (await ModelsAsync(null, cancellation).ConfigureAwait(false)).GroupBy(version => version.Id.Name)
        )
        {
            var card = cards.GetValueOrDefault(versions.Key);
            lines.Add(new(versions.Key, versions.Count(), card, [.. live[versions.Key]], card?.NextReview < today));
        }
        return lines;
    }

    /// <summary>Where each model answers, by its name.</summary>
    async Task<ILookup<string, string>> LiveModelsAsync(CancellationToken cancellation)
    {
        var found = new List<(string Model, string Where)>();
        var environments = (await HistoryAsync(cancellation: cancellation).ConfigureAwait(false))
            .Select(change => change.Environment)
            .Distinct();
        foreach (var environment in environments)
        {
            foreach (var decision in await LiveAsync(environment, cancellation).ConfigureAwait(false))
            {
                foreach (var id in Answering(decision.Arms))
                {
                    var release = await store.FindReleaseAsync(id, cancellation).ConfigureAwait(false);
                    found.AddRange(
                        release!.Models.Select(model => (model.Version.Name, $"{environment}: {id} by {model.Version}"))
                    );
                }
            }
        }
        return found.ToLookup(one => one.Model, one => one.Where, StringComparer.Ordinal);
    }

    static IEnumerable<VersionId> Answering(LiveArms arms) =>
        arms
            .Timetable.Select(entry => entry.Release)
            .Concat(arms.Challengers.Select(arm => arm.Release))
            .Concat(arms.Served)
            .Concat(arms.Champion is { } champion ? [champion] : [])
            .Distinct();
}
