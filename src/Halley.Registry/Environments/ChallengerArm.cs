using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>A release that answers for a share of the units.</summary>
/// <param name="Release">For example <c>motor-quote@13</c>.</param>
/// <param name="Buckets">The buckets it owns, in order and disjoint.</param>
public sealed record ChallengerArm(VersionId Release, IReadOnlyList<BucketRange> Buckets)
{
    [JsonIgnore]
    public int BucketCount => Buckets.Sum(range => range.Count);

    /// <summary>Share of the units, in (0, 1).</summary>
    public double Share => (double)BucketCount / LiveArms.BucketTotal;
}
