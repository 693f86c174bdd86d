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

    /// <summary>Share of the units that the champion answers for, in [0, 1].</summary>
    [JsonIgnore]
    public double ChampionShare => (double)(BucketTotal - Challengers.Sum(arm => arm.BucketCount)) / BucketTotal;

    /// <summary>Whether the release has any place here.</summary>
    public bool Holds(VersionId release) =>
        Champion == release || Shadows.Contains(release) || Challengers.Any(arm => arm.Release == release);
}
