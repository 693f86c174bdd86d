using System.Globalization;
using System.Net;
using System.Text;
using Halley.Registry;

namespace Halley.S3;

/// <summary>The stand-in is strict where a real store is: otherwise its tests would prove nothing.</summary>
public sealed class StandInTests
{
    [Fact]
    public async Task Chunked_bodies_are_joined_and_their_length_is_checked()
    {
        await using var standIn = await S3StandIn.StartAsync();
        const string Body = "5;chunk-signature=00\r\nhello\r\n6;chunk-signature=00\r\n world\r\n0;chunk-signature=00\r\n\r\n";
        Assert.Equal(HttpStatusCode.OK, await PutAsync(standIn, "a", Body, decodedLength: 11));
        Assert.Equal("hello world", Encoding.UTF8.GetString(standIn.Objects["a"]));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(standIn, "b", Body, decodedLength: 12));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(standIn, "b", Body[..20], decodedLength: 5));
        Assert.DoesNotContain("b", standIn.Objects.Keys);
    }

    [Fact]
    public async Task Unsigned_requests_and_requests_of_another_time_are_refused()
    {
        await using var standIn = await S3StandIn.StartAsync();
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync($"{standIn.Endpoint}/{S3StandIn.Bucket}/a")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(standIn, "a", "0\r\n\r\n", 0, TimeSpan.FromMinutes(-16)));
        Assert.Empty(standIn.Objects);
    }

    static async Task<HttpStatusCode> PutAsync(
        S3StandIn standIn,
        string key,
        string body,
        int decodedLength,
        TimeSpan skew = default
    )
    {
        const string Streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
        var address = new Uri($"{standIn.Endpoint}/{S3StandIn.Bucket}/{key}");
        var at = TimeProvider.System.GetUtcNow() + skew;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
            ["x-amz-content-sha256"] = Streaming,
            ["x-amz-date"] = at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
            ["x-amz-decoded-content-length"] = decodedLength.ToString(CultureInfo.InvariantCulture),
        };
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StringContent(body) };
        foreach (var (name, value) in headers.Where(header => header.Key != "host"))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            SignatureV4.Authorization(
                new(S3StandIn.AccessKey, S3StandIn.SecretKey),
                S3StandIn.Region,
                HttpMethod.Put,
                address.AbsolutePath,
                headers,
                Streaming
            )
        );
        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
