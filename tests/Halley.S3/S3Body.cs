using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Halley.S3;

/// <summary>The content of a body: as it is, or out of the chunks of <c>aws-chunked</c>, which some clients send.</summary>
static class S3Body
{
    /// <summary>False where the body is not what the request's headers say.</summary>
    internal static bool TryDecode(HttpRequest request, byte[] body, out byte[] content)
    {
        var hash = request.Headers["x-amz-content-sha256"].ToString();
        content = body;
        if (hash == "UNSIGNED-PAYLOAD")
            return true;
        if (!hash.StartsWith("STREAMING-", StringComparison.Ordinal))
            return hash == S3StandIn.Hash(body);
        if (!TryJoin(body, out content))
            return false;
        return request.Headers["x-amz-decoded-content-length"] == content.Length.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Joins chunks, each <c>SIZE[;chunk-signature=…]\r\nBYTES\r\n</c>, up to one of size 0 and its trailers.</summary>
    static bool TryJoin(ReadOnlySpan<byte> rest, out byte[] content)
    {
        content = [];
        using var joined = new MemoryStream();
        while (true)
        {
            var end = rest.IndexOf("\r\n"u8);
            if (end < 0)
                return false;
            var head = Encoding.ASCII.GetString(rest[..end]).Split(';')[0];
            if (!int.TryParse(head, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size))
                return false;
            rest = rest[(end + 2)..];
            if (size == 0)
                break;
            if (rest.Length < size + 2 || !rest[size..(size + 2)].SequenceEqual("\r\n"u8))
                return false;
            joined.Write(rest[..size]);
            rest = rest[(size + 2)..];
        }
        content = joined.ToArray();
        return true;
    }
}
