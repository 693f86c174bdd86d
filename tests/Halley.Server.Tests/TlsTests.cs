using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Halley.Data;

namespace Halley.Server.Tests;

/// <summary>Encrypted addresses, with a certificate from files that may change.</summary>
public sealed class TlsTests : IDisposable
{
    readonly TemporaryFolder files = new();
    readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly X509Certificate2 authority;

    public TlsTests() => authority = Certificate("CN=authority", authorityKey, issuer: null);

    string CertificateFile => Path.Combine(files.Path, "server.pem");

    string KeyFile => Path.Combine(files.Path, "server.key");

    [Fact]
    public async Task It_decides_over_https_and_shows_a_new_certificate_once_the_files_change()
    {
        var first = Write("CN=first");
        await using var desk = await ServerDesk.StartAsync(configure: Secure);
        var seen = new List<string>();
        using var client = ClientThatNotes(desk, seen);
        async Task<string> AskAsync()
        {
            using var response = await client.PostAsync(
                "/v1/decisions/quote",
                new StringContent($$"""{"inputs":{{Sample.Record}}}"""),
                TestContext.Current.CancellationToken
            );
            (await Reply.OfAsync(response)).Good();
            return seen[^1];
        }
        Assert.Equal(first, await AskAsync());
        // Half of a new pair changes nothing.
        var key = await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken);
        var second = Write("CN=second");
        var newKey = await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(KeyFile, key, TestContext.Current.CancellationToken);
        var keeper = (CertificateKeeper)desk.Server.Services.GetService(typeof(CertificateKeeper))!;
        var problem = Assert.Throws<HalleyException>(() => keeper.Refresh());
        Assert.Equal("HLY6035", problem.Code);
        Assert.Equal(first, await AskAsync());
        await File.WriteAllTextAsync(KeyFile, newKey, TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await AskAsync() != second)
            await Task.Delay(50, patience.Token);
    }

    [Fact]
    public async Task A_certificate_that_can_not_be_read_keeps_the_server_from_starting()
    {
        var problem = await Assert.ThrowsAsync<HalleyException>(() => ServerDesk.StartAsync(configure: Secure));
        Assert.Equal("HLY6035", problem.Code);
        Assert.Contains(CertificateFile, problem.Message, StringComparison.Ordinal);
        Assert.Equal(FaultKind.Environment, problem.Kind);
    }

    ServerOptions Secure(ServerOptions options) =>
        options with
        {
            Address = "https://127.0.0.1:0",
            Hosting = new() { Certificate = CertificateFile, CertificateKey = KeyFile },
        };

    /// <summary>A client that believes the authority alone, opens a connection for each request, and notes whose certificate it met.</summary>
    HttpClient ClientThatNotes(ServerDesk desk, List<string> seen)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, sent, errors) =>
        {
            var own = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
            seen.Add(own.Thumbprint);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            // What lies between comes from the server, and from nowhere else.
            foreach (var element in sent!.ChainElements)
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build(own);
        };
        return new(handler) { BaseAddress = desk.Client.BaseAddress };
    }

    /// <summary>Writes a pair: a certificate by an authority that stands between, that one behind it, and the key.</summary>
    string Write(string subject)
    {
        using var betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var between = Certificate("CN=between", betweenKey, authority, isAuthority: true).CopyWithPrivateKey(betweenKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = Certificate(subject, key, between, isAuthority: false);
        File.WriteAllText(CertificateFile, own.ExportCertificatePem() + "\n" + between.ExportCertificatePem() + "\n");
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        return own.Thumbprint;
    }

    static X509Certificate2 Certificate(string subject, ECDsa key, X509Certificate2? issuer, bool isAuthority = true)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        if (!isAuthority)
            request.CertificateExtensions.Add(names.Build());
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        return issuer is null
            ? request.CreateSelfSigned(from, to)
            : request.Create(issuer, from, issuer.NotAfter, RandomNumberGenerator.GetBytes(8));
    }

    public void Dispose()
    {
        authority.Dispose();
        authorityKey.Dispose();
        files.Dispose();
    }
}
