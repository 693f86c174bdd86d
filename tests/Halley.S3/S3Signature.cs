using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Halley.S3;

/// <summary>Verifies a request's signature from what arrived on the wire, by code that shares nothing with the client's.</summary>
static partial class S3Signature
{
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>S3's code of what is wrong; null where the signature is good.</summary>
    internal static string? Problem(HttpRequest request, string? token, DateTimeOffset now)
    {
        var parts = Header().Match(request.Headers.Authorization.ToString());
        if (!parts.Success)
            return "AccessDenied";
        var (access, day, region) = (parts.Groups["key"].Value, parts.Groups["day"].Value, parts.Groups["region"].Value);
        string date = request.Headers["x-amz-date"].ToString();
        if (access != S3StandIn.AccessKey)
            return "InvalidAccessKeyId";
        if (region != S3StandIn.Region)
            return "AuthorizationHeaderMalformed";
        if (
            !DateTimeOffset.TryParseExact(
                date,
                "yyyyMMddTHHmmssZ",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
        )
            return "AccessDenied";
        if ((now - at).Duration() > Skew)
            return "RequestTimeTooSkewed";
        if (token is not null && request.Headers["x-amz-security-token"] != token)
            return "InvalidToken";
        var names = parts.Groups["names"].Value.Split(';');
        // What changes the meaning of a request must be signed.
        var needed = request
            .Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            .Append("host");
        if (needed.Any(name => !names.Contains(name.ToLowerInvariant())))
            return "AccessDenied";
        return Signature(request, names, day, region, date) == parts.Groups["signature"].Value ? null : "SignatureDoesNotMatch";
    }

    static string Signature(HttpRequest request, string[] names, string day, string region, string date)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?');
        var lines = new List<string> { request.Method, target[0], target.Length > 1 ? target[1] : "" };
        lines.AddRange(names.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}"));
        lines.AddRange(["", string.Join(';', names), request.Headers["x-amz-content-sha256"].ToString()]);
        var canonical = S3StandIn.Hash(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var text = $"AWS4-HMAC-SHA256\n{date}\n{day}/{region}/s3/aws4_request\n{canonical}";
        byte[] Mac(byte[] key, string message) => new HMACSHA256(key).ComputeHash(Encoding.UTF8.GetBytes(message));
        var signing = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + S3StandIn.SecretKey), day), region), "s3"), "aws4_request");
        return Convert.ToHexString(Mac(signing, text)).ToLowerInvariant();
    }

    [GeneratedRegex(
        "^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<day>[0-9]{8})/(?<region>[^/]+)/s3/aws4_request, ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$"
    )]
    private static partial Regex Header();
}
