using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The three calls of S3 that artefacts need: put unless it is there, get, head. Tries again what may succeed later.</summary>
/// <remarks>
/// Own code because that is all there is to it: bodies are in memory and their hash is known, so that none needs the chunked
/// form which other stores read in different ways, and the server stays small and native.
/// </remarks>
sealed class S3Client(S3Place place, AwsCredentialSource credentials, HttpClient http, TimeProvider time)
{
    const int Attempts = 4;
    static readonly string EmptyHash = SignatureV4.Hex(SHA256.HashData([]));

    /// <summary>Stores bytes under a key.</summary>
    /// <param name="replace">Whether what is there is replaced.</param>
    /// <returns>False where the key is taken and shall not be replaced.</returns>
    internal async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, bool replace, CancellationToken cancellation)
    {
        var hash = SignatureV4.Hex(SHA256.HashData(content.Span));
        using var response = await SendAsync(
                HttpMethod.Put,
                key,
                hash,
                request =>
                {
                    request.Content = new ReadOnlyMemoryContent(content);
                    if (!replace)
                        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
                },
                cancellation
            )
            .ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.PreconditionFailed)
            return false;
        return response.IsSuccessStatusCode ? true : throw await RefusedAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>The bytes under a key; null where there are none.</summary>
    internal async Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, key, EmptyHash, null, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return await ReadAsync(response, cancellation).ConfigureAwait(false);
        var refused = await RefusedAsync(response, cancellation).ConfigureAwait(false);
        // A bucket that is not there is also 404, and no reason to call an artefact lost.
        return
            response.StatusCode == HttpStatusCode.NotFound && !refused.Message.Contains("NoSuchBucket", StringComparison.Ordinal)
            ? null
            : throw refused;
    }

    internal async Task<bool> ExistsAsync(string key, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Head, key, EmptyHash, null, cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            || (
                response.StatusCode == HttpStatusCode.NotFound
                    ? false
                    : throw await RefusedAsync(response, cancellation).ConfigureAwait(false)
            );
    }

    async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string key,
        string contentHash,
        Action<HttpRequestMessage>? prepare,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            HttpResponseMessage? response = null;
            Exception? fault = null;
            try
            {
                using var request = new HttpRequestMessage(method, place.AddressOf(key));
                prepare?.Invoke(request);
                Sign(request, await credentials.GetAsync(cancellation).ConfigureAwait(false), contentHash);
                response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
                    .ConfigureAwait(false);
            }
            catch (Exception inner) when (IsNetwork(inner, cancellation))
            {
                fault = inner;
            }
            if (response is not null && (!IsPassing(response.StatusCode) || attempt == Attempts))
                return response;
            response?.Dispose();
            if (attempt == Attempts)
                throw Unreachable(fault!);
            await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), time, cancellation).ConfigureAwait(false);
        }
    }

    void Sign(HttpRequestMessage request, AwsCredentials by, string contentHash)
    {
        var address = request.RequestUri!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}",
            ["x-amz-content-sha256"] = contentHash,
            ["x-amz-date"] = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        // A bucket whose objects are locked takes none without a checksum.
        if (request.Method == HttpMethod.Put)
            headers["x-amz-checksum-sha256"] = Convert.ToBase64String(Convert.FromHexString(contentHash));
        if (by.Token is { } token)
            headers["x-amz-security-token"] = token;
        if (request.Headers.TryGetValues("If-None-Match", out var condition))
            headers["if-none-match"] = condition.First();
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            SignatureV4.Authorization(by, place.Region, request.Method, address.AbsolutePath, headers, contentHash)
        );
    }

    async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception inner) when (IsNetwork(inner, cancellation))
        {
            throw Unreachable(inner);
        }
    }

    /// <summary>Answers that another attempt may better: the store is busy, or two writers met.</summary>
    static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || status >= HttpStatusCode.InternalServerError;

    static bool IsNetwork(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException or IOException || fault is TaskCanceledException && !cancellation.IsCancellationRequested;

    HalleyException Unreachable(Exception inner) =>
        new(
            "HLY5120",
            $"{place} can't be reached ({inner.Message.TrimEnd('.')}). Nothing was changed; look at network and address, then repeat.",
            FaultKind.Environment,
            inner
        );

    async Task<HalleyException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = System.Text.Encoding.UTF8.GetString(await ReadAsync(response, cancellation).ConfigureAwait(false));
        var (code, message) = (Element(text, "Code"), Element(text, "Message"));
        var said = code.Length > 0 ? $"{(int)response.StatusCode} {code}: {message.TrimEnd('.')}" : $"{(int)response.StatusCode}";
        return new(
            "HLY5123",
            $"{place} refused the request ({said}). Correct bucket, region or rights: s3:GetObject and s3:PutObject are needed.",
            FaultKind.Environment
        );
    }

    /// <summary>Text of an element of S3's error document, whose form is fixed; empty where it has none.</summary>
    static string Element(string xml, string name)
    {
        var start = xml.IndexOf($"<{name}>", StringComparison.Ordinal) + name.Length + 2;
        var end = start < name.Length + 2 ? -1 : xml.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return end < 0 ? "" : WebUtility.HtmlDecode(xml[start..Math.Min(end, start + 300)]);
    }
}
