using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Halley.Registry;

/// <summary>Assigns units to arms by a stable hash, so that one unit meets one arm for as long as the arms stand. Immutable, no allocation for a call.</summary>
/// <remarks>
/// Bucket = ⌊h·B / 2⁶⁴⌋ with h the first 8 bytes of SHA-256(environment 0 decision 0 experiment 0 unit) and B = <see cref="LiveArms.BucketTotal"/>.
/// Two experiments, or two decisions, split the units independently of each other.
/// </remarks>
public sealed class ArmAssigner
{
    const int StackLimit = 512;

    readonly byte[] salt;
    readonly (BucketRange Range, ArmAssignment Arm)[] challengers;
    readonly ArmAssignment champion;

    /// <exception cref="ArgumentException">The arms have no champion.</exception>
    public ArmAssigner(string environment, string decision, LiveArms arms)
    {
        if (arms.Champion is not { } release)
            throw new ArgumentException($"'{decision}' has no champion in '{environment}'.", nameof(arms));
        salt = Encoding.UTF8.GetBytes($"{environment}\0{decision}\0{arms.Experiment}\0");
        champion = new(release, ReleaseRole.Champion, arms.ChampionShare, 0);
        challengers =
        [
            .. arms
                .Challengers.SelectMany(arm =>
                    arm.Buckets.Select(range => (range, new ArmAssignment(arm.Release, ReleaseRole.Challenger, arm.Share, 0)))
                )
                .OrderBy(entry => entry.range.Start),
        ];
    }

    /// <summary>The arm of a unit; the same for the same id, whatever happens to other arms.</summary>
    public ArmAssignment Assign(string unitId)
    {
        var bucket = Bucket(unitId);
        var (low, high) = (0, challengers.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var (range, arm) = challengers[middle];
            if (bucket < range.Start)
                high = middle - 1;
            else if (bucket >= range.End)
                low = middle + 1;
            else
                return arm with { Bucket = bucket };
        }
        return champion with { Bucket = bucket };
    }

    int Bucket(string unitId)
    {
        var length = salt.Length + Encoding.UTF8.GetByteCount(unitId);
        var message = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        salt.CopyTo(message);
        Encoding.UTF8.GetBytes(unitId, message[salt.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return (int)Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(hash), LiveArms.BucketTotal, out _);
    }
}
