using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Finds credentials: those of the environment's variables, or those of the container that this process runs in.</summary>
/// <remarks>
/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; else the address that ECS names in
/// AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI, asked again before they expire.
/// </remarks>
public sealed class AwsCredentialSource(HttpClient http, TimeProvider time, Func<string, string?> variable)
{
    const string ContainerHost = "http://169.254.170.2";
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    volatile AwsCredentials? current;

    /// <exception cref="HalleyException">HLY5121: there are none.</exception>
    public async Task<AwsCredentials> GetAsync(CancellationToken cancellation)
    {
        if (current is { } known && !(known.Expires - Margin <= time.GetUtcNow()))
            return known;
        return current = FromVariables() ?? await FromContainerAsync(cancellation).ConfigureAwait(false) ?? throw None(null);
    }

    AwsCredentials? FromVariables() =>
        variable("AWS_ACCESS_KEY_ID") is { Length: > 0 } access && variable("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret
            ? new(access, secret, variable("AWS_SESSION_TOKEN") is { Length: > 0 } token ? token : null)
            : null;

    async Task<AwsCredentials?> FromContainerAsync(CancellationToken cancellation)
    {
        var address =
            variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { Length: > 0 } relative ? ContainerHost + relative
            : variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is { Length: > 0 } full ? full
            : null;
        if (address is null)
            return null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (Authorization() is { Length: > 0 } authorization)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            using var json = await JsonDocument.ParseAsync(stream, default, cancellation).ConfigureAwait(false);
            var root = json.RootElement;
            return new(
                root.GetProperty("AccessKeyId").GetString()!,
                root.GetProperty("SecretAccessKey").GetString()!,
                root.GetProperty("Token").GetString(),
                root.GetProperty("Expiration").GetDateTimeOffset()
            );
        }
        catch (Exception inner) when (inner is HttpRequestException or JsonException or KeyNotFoundException or FormatException)
        {
            throw None(inner);
        }
    }

    string? Authorization() =>
        variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { Length: > 0 } file
            ? File.ReadAllText(file).Trim()
            : variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");

    static HalleyException None(Exception? inner) =>
        new(
            "HLY5121",
            $"there are no credentials for S3{(inner is null ? "" : $" ({inner.Message})")}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the container a role.",
            FaultKind.Environment,
            inner
        );
}
