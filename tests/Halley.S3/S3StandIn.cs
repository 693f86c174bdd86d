using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Halley.S3;

/// <summary>A small S3 of the tests' own: one bucket in memory, signatures verified, conditions honoured, chunked bodies decoded.</summary>
/// <remarks>It answers as the S3 API reference says; what it does not know it refuses with NotImplemented, so that no test passes by luck.</remarks>
sealed class S3StandIn : IAsyncDisposable
{
    internal const string Bucket = "halley-test";
    internal const string Region = "eu-central-1";
    internal const string AccessKey = "AKIDEXAMPLE";
    internal const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    readonly WebApplication app;
    readonly TimeProvider time;

    S3StandIn(TimeProvider time)
    {
        this.time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        app = builder.Build();
        app.Run(HandleAsync);
    }

    /// <summary>Objects by key.</summary>
    internal ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>What was asked, in order: <c>PUT key 200</c>.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers with which the next requests are refused before anything is done.</summary>
    internal ConcurrentQueue<(int Status, string Code)> Refusals { get; } = new();

    /// <summary>The session token that requests must carry; null for none.</summary>
    internal string? Token { get; set; }

    /// <summary>Whether objects are locked once written, as a bucket's default: none is taken without a checksum then.</summary>
    internal bool Locked { get; set; }

    internal string Endpoint => app.Urls.First();

    internal string Place(string prefix = "models") => $"s3://{Bucket}/{prefix}?region={Region}&endpoint={Endpoint}";

    internal static async Task<S3StandIn> StartAsync(TimeProvider? time = null)
    {
        var standIn = new S3StandIn(time ?? TimeProvider.System);
        await standIn.app.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var (status, code, content) = Answer(request, body.ToArray());
        Asked.Enqueue($"{request.Method} {request.Path.Value![1..]} {status}");
        response.StatusCode = status;
        if (code is not null && request.Method != "HEAD")
            content = System.Text.Encoding.UTF8.GetBytes(
                $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>The stand-in says {code}.</Message></Error>"
            );
        response.ContentLength = content?.Length ?? 0;
        if (content is not null && request.Method != "HEAD")
            await response.Body.WriteAsync(content);
    }

    (int Status, string? Code, byte[]? Content) Answer(HttpRequest request, byte[] body)
    {
        if (Refusals.TryDequeue(out var refusal))
            return (refusal.Status, refusal.Code, null);
        if (S3Signature.Problem(request, Token, time.GetUtcNow()) is { } problem)
            return (403, problem, null);
        if (!S3Body.TryDecode(request, body, out var content))
            return (400, "XAmzContentSHA256Mismatch", null);
        if (request.Method == "PUT" && ChecksumProblem(request.Headers["x-amz-checksum-sha256"], content) is { } unequal)
            return (400, unequal, null);
        if (!request.Path.Value!.StartsWith($"/{Bucket}/", StringComparison.Ordinal))
            return (404, "NoSuchBucket", null);
        if (request.QueryString.HasValue)
            return (501, "NotImplemented", null);
        var key = request.Path.Value[(Bucket.Length + 2)..];
        return request.Method switch
        {
            "PUT" => Put(key, request.Headers.IfNoneMatch, content),
            "GET" or "HEAD" => Objects.TryGetValue(key, out var found) ? (200, null, found) : (404, "NoSuchKey", null),
            _ => (501, "NotImplemented", null),
        };
    }

    string? ChecksumProblem(string? checksum, byte[] content) =>
        checksum is null
            ? Locked
                ? "InvalidRequest"
                : null
            : checksum == Convert.ToBase64String(SHA256.HashData(content))
                ? null
                : "BadDigest";

    (int Status, string? Code, byte[]? Content) Put(string key, string? condition, byte[] content)
    {
        if (condition is null)
            Objects[key] = content;
        else if (condition != "*")
            return (501, "NotImplemented", null);
        else if (!Objects.TryAdd(key, content))
            return (412, "PreconditionFailed", null);
        return (200, null, null);
    }

    /// <summary>SHA-256 in lower-case hex, as headers carry it.</summary>
    internal static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();
}
