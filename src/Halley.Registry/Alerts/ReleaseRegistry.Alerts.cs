using System.Text;
using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    const string AlertKind = "monitor_alert";
    const string DeliveryKind = "monitor_delivery";

    /// <summary>Keeps the alarms of a report that were not raised before.</summary>
    /// <returns>The new ones.</returns>
    public Task<IReadOnlyList<MonitorAlert>> RaiseAsync(
        MonitorReport report,
        string? webhook,
        CancellationToken cancellation = default
    ) =>
        RaiseAsync(
            report.Environment,
            report.Alarms.Select(alarm => new MonitorAlert
            {
                Id = AlertId(report.Environment, report.Release.ToString(), alarm.Key),
                Environment = report.Environment,
                Subject = report.Release.ToString(),
                Kind = alarm.Kind,
                Sentence = alarm.Sentence,
                Verdict = report.Sentence,
                At = report.AsOf,
                Webhook = webhook,
                Simulated = report.Simulated,
            }),
            cancellation
        );

    /// <summary>Keeps an alarm for every model that is live in an environment and whose review is overdue; each day of review once.</summary>
    /// <returns>The new ones.</returns>
    public async Task<IReadOnlyList<MonitorAlert>> RaiseOverdueAsync(
        string environment,
        string? webhook,
        CancellationToken cancellation = default
    )
    {
        var overdue = (await RegisterAsync(cancellation).ConfigureAwait(false)).Where(line =>
            line.IsOverdue && line.Live.Any(where => where.StartsWith($"{environment}: ", StringComparison.Ordinal))
        );
        return await RaiseAsync(
                environment,
                overdue.Select(line => new MonitorAlert
                {
                    Id = AlertId(environment, line.Model, $"review/{line.Card!.NextReview:O}"),
                    Environment = environment,
                    Subject = line.Model,
                    Kind = MonitorAlarmKind.Review,
                    Sentence =
                        $"The review of '{line.Model}' ({line.Card.Tier.ToString().ToLowerInvariant()} tier, owner {line.Card.Owner}) was due on {line.Card.NextReview:yyyy-MM-dd}.",
                    At = time.GetUtcNow(),
                    Webhook = webhook,
                }),
                cancellation
            )
            .ConfigureAwait(false);
    }

    /// <summary>Every alarm of an environment, oldest first, with its delivery; null where it was not delivered.</summary>
    public async Task<IReadOnlyList<(MonitorAlert Alert, MonitorDelivery? Delivered)>> AlertsAsync(
        string environment,
        CancellationToken cancellation = default
    )
    {
        var delivered = (await store.EntriesAsync(DeliveryKind, environment, cancellation).ConfigureAwait(false))
            .Select(entry => JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.MonitorDelivery)!)
            .GroupBy(delivery => delivery.Alert)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return
        [
            .. (await store.EntriesAsync(AlertKind, environment, cancellation).ConfigureAwait(false))
                .Select(entry => JsonSerializer.Deserialize(entry.Body, RegistryJson.Default.MonitorAlert)!)
                // Two servers may have raised one alarm at the same moment.
                .DistinctBy(alert => alert.Id)
                .Select(alert => (alert, delivered.GetValueOrDefault(alert.Id))),
        ];
    }

    /// <summary>Keeps that an alert's receiver has taken it.</summary>
    public Task DeliveredAsync(MonitorAlert alert, int attempts, CancellationToken cancellation = default) =>
        AddAsync(
            DeliveryKind,
            alert.Environment,
            new MonitorDelivery(alert.Id, time.GetUtcNow(), attempts),
            RegistryJson.Default.MonitorDelivery,
            cancellation
        );

    async Task<IReadOnlyList<MonitorAlert>> RaiseAsync(
        string environment,
        IEnumerable<MonitorAlert> alerts,
        CancellationToken cancellation
    )
    {
        var known = (await AlertsAsync(environment, cancellation).ConfigureAwait(false))
            .Select(one => one.Alert.Id)
            .ToHashSet(StringComparer.Ordinal);
        var raised = alerts.Where(alert => known.Add(alert.Id)).ToList();
        foreach (var alert in raised)
            await AddAsync(AlertKind, environment, alert, RegistryJson.Default.MonitorAlert, cancellation).ConfigureAwait(false);
        return raised;
    }

    static string AlertId(string environment, string subject, string key) =>
        ContentHash.Of(Encoding.UTF8.GetBytes($"{environment}\n{subject}\n{key}")).ToString();
}
