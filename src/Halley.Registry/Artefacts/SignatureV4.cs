using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Halley.Registry;

/// <summary>Signs a request to S3.</summary>
/// <remarks>Source: AWS, "Signature Version 4: authenticating requests (Authorization header)", Amazon S3 API reference.</remarks>
static class SignatureV4
{
    /// <summary>The value of the Authorization header.</summary>
    /// <param name="path">As it stands in the request line, each segment encoded once.</param>
    /// <param name="headers">All headers that are signed, by lower-case name; <c>host</c> and <c>x-amz-date</c> among them.</param>
    /// <param name="contentHash">SHA-256 of the body in lower-case hex.</param>
    internal static string Authorization(
        AwsCredentials credentials,
        string region,
        HttpMethod method,
        string path,
        SortedDictionary<string, string> headers,
        string contentHash
    )
    {
        var at = headers["x-amz-date"];
        var names = string.Join(';', headers.Keys);
        // 1. The request in one form.
        var canonical = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{method.Method}\n{path}\n\n");
        foreach (var (name, value) in headers)
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{value.Trim()}\n");
        canonical.Append(CultureInfo.InvariantCulture, $"\n{names}\n{contentHash}");
        // 2. What is signed.
        var scope = $"{at[..8]}/{region}/s3/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{at}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        // 3. With a key of this day, region and service.
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey);
        foreach (var part in scope.Split('/'))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return $"AWS4-HMAC-SHA256 Credential={credentials.AccessKey}/{scope},SignedHeaders={names},Signature={signature}";
    }

    internal static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>A path with each segment encoded once: all but letters, digits and <c>-._~</c> as UTF-8 in percent form.</summary>
    internal static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
