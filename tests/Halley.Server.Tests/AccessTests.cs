using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Halley.Registry;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Halley.Server.Tests;

/// <summary>Every address with every role, keys and tokens.</summary>
public sealed class AccessTests
{
    static readonly Actor Alice = Actor.Unverified("alice");
    const string Issuer = "issuer.example";
    const string Audience = "halley";

    [Fact]
    public async Task Every_address_answers_its_roles_and_no_other()
    {
        await using var desk = await StartAsync();
        var decision = (string)
            (await SendAsync(desk, await KeyAsync(desk, AccessRole.Operator), "POST", "/v1/decisions/quote", Ask("live"))).Good()[
                "decision_id"
            ]!;
        var found = new List<string>();
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            var key = await KeyAsync(desk, role);
            foreach (var (method, address, roles) in AccessRules.Table)
            {
                var path = PathOf(address, decision);
                // A modeller may ask what is not live.
                var body =
                    address == "/v1/outcomes" ? """{"outcomes":[]}"""
                    : address.StartsWith("/v2", StringComparison.Ordinal) ? InferenceTests.Good
                    : method == "POST" ? Ask(role == AccessRole.Modeller ? "test" : "live")
                    : null;
                var status = (await SendAsync(desk, key, method, path, body)).Status;
                var expected = roles is null || roles.Contains(role) ? 200 : 403;
                if (status != expected)
                    found.Add($"{role} {method} {path}: {status} in place of {expected}");
            }
        }
        Assert.Empty(found);
    }

    static string PathOf(string address, string decision) =>
        address
            .Replace("{name}", address.StartsWith("/v2", StringComparison.Ordinal) ? "count" : "quote", StringComparison.Ordinal)
            .Replace("{version}", "1", StringComparison.Ordinal)
            .Replace("{decisionId}", decision, StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_key_only_the_health_of_the_server_is_told()
    {
        await using var desk = await StartAsync();
        foreach (var (method, address, roles) in AccessRules.Table)
        {
            var path = PathOf(address, "x");
            var reply = await SendAsync(desk, null, method, path, method == "POST" ? "{}" : null);
            if (roles is null)
                Assert.Equal(200, reply.Status);
            else
                Assert.Equal((401, "HLY6011"), (reply.Status, reply["code"]));
        }
        (await SendAsync(desk, null, "GET", "/v1/nothing", null)).Bad(401, "HLY6011");
        // The case of letters and a slash at the end open no other door.
        (await SendAsync(desk, null, "GET", "/V1/Overview/", null)).Bad(401, "HLY6011");
    }

    [Fact]
    public async Task The_table_has_every_address_that_the_server_maps()
    {
        await using var desk = await StartAsync();
        var mapped = desk
            .Server.Services.GetServices<EndpointDataSource>()
            .Concat([((IEndpointRouteBuilder)desk.Server).DataSources.First()])
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct()
            .ToList();
        Assert.True(mapped.Count >= 9, string.Join(", ", mapped));
        Assert.Empty(mapped.Except(AccessRules.Table.Select(rule => rule.Address)));
    }

    [Fact]
    public async Task A_modeller_asks_tests_and_nothing_live()
    {
        await using var desk = await StartAsync();
        var key = await KeyAsync(desk, AccessRole.Modeller);
        (await SendAsync(desk, key, "POST", "/v1/decisions/quote", Ask("test"))).Good();
        var refused = (await SendAsync(desk, key, "POST", "/v1/decisions/quote", Ask("live"))).Bad(403, "HLY6012");
        Assert.Equal("It takes the role caller or operator; 'someone' is modeller.", refused["detail"]);
    }

    [Fact]
    public async Task A_key_of_another_environment_an_ended_and_a_revoked_one_open_nothing()
    {
        await using var desk = await StartAsync();
        var registry = desk.Store.Registry;
        var (_, elsewhere) = await registry.CreateKeyAsync("someone", [AccessRole.Viewer], "staging", null, Alice);
        var (_, ended) = await registry.CreateKeyAsync(
            "someone",
            [AccessRole.Viewer],
            null,
            DateTimeOffset.UtcNow.AddDays(-1),
            Alice
        );
        var (revoked, text) = await registry.CreateKeyAsync("someone", [AccessRole.Viewer], null, null, Alice);
        await RefreshAsync(desk);
        Assert.Equal(200, (await SendAsync(desk, text, "GET", "/v1/overview", null)).Status);
        await registry.RevokeKeyAsync(revoked.Id, Alice, "left the firm");
        await RefreshAsync(desk);
        foreach (var key in new[] { elsewhere, ended, text, text[..^1] + (text[^1] == '0' ? '1' : '0'), "hly_x_y", "" })
            (await SendAsync(desk, key, "GET", "/v1/overview", null)).Bad(401, "HLY6011");
    }

    [Fact]
    public async Task The_secret_of_a_key_is_nowhere_in_the_store()
    {
        await using var desk = await ServerDesk.PrepareAsync();
        var (_, text) = await desk.Store.Registry.CreateKeyAsync("someone", [AccessRole.Viewer], null, null, Alice);
        var secret = Encoding.ASCII.GetBytes(text.Split('_')[2]);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(desk.Folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory);
            Assert.Equal(-1, memory.ToArray().AsSpan().IndexOf(secret));
        }
    }

    [Theory]
    [InlineData("RS256", "", 200)]
    [InlineData("ES256", "", 200)]
    [InlineData("ES256", "other issuer", 401)]
    [InlineData("ES256", "other audience", 401)]
    [InlineData("ES256", "ended", 401)]
    [InlineData("ES256", "not begun", 401)]
    [InlineData("ES256", "no end", 401)]
    [InlineData("ES256", "changed", 401)]
    [InlineData("ES256", "none", 401)]
    [InlineData("ES256", "swapped", 401)]
    [InlineData("ES256", "critical", 401)]
    [InlineData("ES256", "other key", 401)]
    [InlineData("ES256", "no role", 403)]
    public async Task Tokens_are_believed_for_what_the_issuer_signed(string algorithm, string fault, int status)
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var folder = new TemporaryFolder();
        var set = Path.Combine(folder.Path, "keys.json");
        var (r, e) = (rsa.ExportParameters(false), curve.ExportParameters(false));
        await File.WriteAllTextAsync(
            set,
            $$"""
            {"keys":[{"kty":"RSA","kid":"r","use":"sig","n":"{{Text(r.Modulus!)}}","e":"{{Text(r.Exponent!)}}"},
                     {"kty":"EC","kid":"e","crv":"P-256","x":"{{Text(e.Q.X!)}}","y":"{{Text(e.Q.Y!)}}"},
                     {"kty":"oct","kid":"o","k":"AAAA"}]}
            """
        );
        await using var desk = await ServerDesk.StartAsync(configure: options =>
            options with
            {
                Access = new()
                {
                    Required = true,
                    KeySet = set,
                    Issuer = Issuer,
                    Audience = Audience,
                },
            }
        );
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (kid, alg) = (
            algorithm == "RS256" ? "r" : "e",
            fault == "none" ? "none"
            : fault == "swapped" ? "RS256"
            : algorithm
        );
        var header = $$"""{"alg":"{{alg}}","kid":"{{kid}}"{{(fault == "critical" ? ",\"crit\":[\"x\"]" : "")}} }""";
        var end = fault == "no end" ? "" : $"\"exp\":{(fault == "ended" ? now - 120 : now + 600)},";
        var begin = fault == "not begun" ? $"\"nbf\":{now + 600}," : "";
        var claims =
            $$"""{ {{end}}{{begin}}"iss":"{{(fault == "other issuer" ? "x" : Issuer)}}","aud":["{{(fault == "other audience" ? "x" : Audience)}}"],"sub":"42","preferred_username":"ann","roles":["{{(fault == "no role" ? "gardener" : "viewer")}}","unknown"]}""";
        var message = $"{Text(Encoding.UTF8.GetBytes(header))}.{Text(Encoding.UTF8.GetBytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(message);
        var signature =
            algorithm == "RS256"
                ? rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : (fault == "other key" ? stranger : curve).SignData(bytes, HashAlgorithmName.SHA256);
        if (fault == "changed")
            signature[5] ^= 1;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/overview");
        request.Headers.Add("Authorization", $"Bearer {message}.{(fault == "none" ? "" : Text(signature))}");
        Assert.Equal(status, (await desk.SendAsync(request)).Status);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        var options = new ServerOptions
        {
            Store = "x",
            Environment = "y",
            Access = new() { KeySet = "keys.json" },
        };
        Assert.Equal(3, options.Validate().Count);
    }

    static string Ask(string purpose) => $$"""{"purpose":"{{purpose}}","inputs":{{Sample.Record}} }""";

    static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    static Task<ServerDesk> StartAsync() =>
        ServerDesk.StartAsync(configure: options => options with { Access = new() { Required = true } });

    static async Task<string> KeyAsync(ServerDesk desk, AccessRole role)
    {
        var (_, text) = await desk.Store.Registry.CreateKeyAsync("someone", [role], null, null, Alice);
        await RefreshAsync(desk);
        return text;
    }

    static Task RefreshAsync(ServerDesk desk) =>
        desk.Server.Services.GetRequiredService<KeyRing>().RefreshAsync(TestContext.Current.CancellationToken);

    static async Task<Reply> SendAsync(ServerDesk desk, string? key, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Halley-Key", key);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        return await desk.SendAsync(request);
    }
}
