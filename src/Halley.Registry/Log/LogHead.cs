using System.Globalization;
using System.Text;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The end of a writer's chain at a time, signed: proof that every record up to there existed as it was.</summary>
/// <param name="Hash">Hash of the last record.</param>
/// <param name="KeyId">Names the key that signed.</param>
public sealed record LogHead(Guid Writer, long Seq, ContentHash Hash, DateTimeOffset At, string KeyId, byte[] Signature)
{
    internal static LogHead Sign(ChainHead head, DateTimeOffset at, SigningKey key)
    {
        var unsigned = new LogHead(head.Writer, head.Seq, ContentHash.FromBytes(head.Hash), at, key.Public.Id, []);
        return unsigned with { Signature = key.Sign(unsigned.Signed()) };
    }

    /// <summary>What is wrong with the signature, or null where it is good.</summary>
    internal string? Problem(TrustedKeys trusted) => trusted.Problem(KeyId, Signed(), Signature);

    byte[] Signed() =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"halley-head-1\n{Writer}\n{Seq}\n{Hash}\n{At.UtcTicks}\n{KeyId}")
        );
}
