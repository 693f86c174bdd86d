using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What answers for one decision in one environment: the champion, its challengers and the shadows. Immutable.</summary>
public sealed record LiveArms
{
    /// <summary>Units are spread over this many buckets: a share is exact to a thousandth of a percent.</summary>
    public const int BucketTotal = 100_000;

    /// <summary>Answers for every unit that no challenger has; null where nothing answers yet.</summary>
    public VersionId? Champion { get; init; }

    /// <summary>Answer for their share of the units.</summary>
    public IReadOnlyList<ChallengerArm> Challengers { get; init; } = [];

    /// <summary>Are asked beside the one that answers; their answers are only logged.</summary>
    public IReadOnlyList<VersionId> Shadows { get; init; } = [];

    /// <summary>Counts the experiments: 0 before the first challenger, one more each time a first challenger starts.</summary>
    public int Experiment { get; init; }

    /// <summary>Releases that answer in the champion's place from an effective date on, by date.</summary>
    public IReadOnlyList<TimetableEntry> Timetable
    {
        get => field ?? [];
        init;
    }

    /// <summary>Earlier champions that still answer requests that name their schema, the latest first.</summary>
    public IReadOnlyList<VersionId> Served
    {
        get => field ?? [];
        init;
    }

    /// <summary>Models that must not answer.</summary>
    public IReadOnlyList<StoppedModel> Stopped
    {
        get => field ?? [];
        init;
    }

    /// <summary>Share of the units that the champion answers for, in [0, 1].</summary>
    [JsonIgnore]
    public double ChampionShare => (double)(BucketTotal - Challengers.Sum(arm => arm.BucketCount)) / BucketTotal;

    /// <summary>Whether the release has any place here.</summary>
    public bool Holds(VersionId release) =>
        Champion == release
        || Shadows.Contains(release)
        || Served.Contains(release)
        || Timetable.Any(entry => entry.Release == release)
        || Challengers.Any(arm => arm.Release == release);

    /// <summary>The release of the timetable for a transaction on an effective date; null where none is: arms answer then.</summary>
    /// <remarks>The latest date wins; on one date the entry that names the transaction wins over one for every transaction.</remarks>
    public VersionId? Scheduled(Transaction transaction, DateOnly effective)
    {
        TimetableEntry? found = null;
        foreach (var entry in Timetable)
        {
            if (entry.From > effective || !entry.IsFor(transaction))
                continue;
            var isLater = found is null || entry.From > found.From;
            if (isLater || (entry.From == found!.From && entry.Transaction is not null))
                found = entry;
        }
        return found?.Release;
    }

    /// <summary>The release that answers a transaction on an effective date, challengers left aside; null where nothing does.</summary>
    public VersionId? ReleaseFor(Transaction transaction, DateOnly effective) => Scheduled(transaction, effective) ?? Champion;
}
