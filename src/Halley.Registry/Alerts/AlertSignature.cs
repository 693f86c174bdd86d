using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Halley.Registry;

/// <summary>How a receiver knows that an alert is ours and of now: <c>t=SECONDS,v1=HEX</c>.</summary>
/// <remarks>HEX is HMAC-SHA256 with the shared secret over <c>SECONDS.BODY</c>, so that neither body nor time can be changed.</remarks>
public static class AlertSignature
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Halley-Signature";

    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
