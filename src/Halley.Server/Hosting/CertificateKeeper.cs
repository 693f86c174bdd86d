using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Halley.Data;

namespace Halley.Server;

/// <summary>The certificate that the server shows, read again whenever its files change: new connections get the new one.</summary>
sealed partial class CertificateKeeper : BackgroundService
{
    static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    readonly HostingOptions options;
    readonly TimeProvider clock;
    readonly ILogger<CertificateKeeper> logger;
    volatile SslStreamCertificateContext? context;
    byte[] content = [];

    public CertificateKeeper(ServerOptions options, TimeProvider clock, ILogger<CertificateKeeper> logger) =>
        (this.options, this.clock, this.logger) = (options.Hosting, clock, logger);

    /// <summary>The certificate as it was last read, with those between it and the root.</summary>
    /// <exception cref="HalleyException">HLY6035: it can't be read.</exception>
    public SslStreamCertificateContext Current
    {
        get
        {
            if (context is null)
                Refresh();
            return context!;
        }
    }

    /// <summary>Reads the files, where they are not as before.</summary>
    /// <exception cref="HalleyException">HLY6035: the files can't be read, or hold no certificate with its key.</exception>
    public bool Refresh()
    {
        var (certificate, key) = (options.Certificate!, options.CertificateKey ?? options.Certificate!);
        try
        {
            byte[] read = [.. File.ReadAllBytes(certificate), .. File.ReadAllBytes(key)];
            if (context is not null && read.AsSpan().SequenceEqual(content))
                return false;
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate);
            // Without its key in a container of its own; the rest of the chain is sent as it stands in the file.
            var own = X509Certificate2.CreateFromPemFile(certificate, key);
            var others = new X509Certificate2Collection(chain.Where(one => one.Thumbprint != own.Thumbprint).ToArray());
            context = SslStreamCertificateContext.Create(own, others, offline: true);
            content = read;
            return true;
        }
        catch (Exception problem)
            when (problem is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new HalleyException(
                "HLY6035",
                $"the certificate '{certificate}' with the key '{key}' can't be used: {problem.Message} Give PEM files of a certificate and its own private key.",
                FaultKind.Environment,
                problem
            );
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Refresh())
                    Log.Renewed(logger);
            }
            catch (HalleyException problem)
            {
                // Half of a pair, most often: the other file is about to follow. The one before goes on.
                Log.NotRenewed(logger, problem.Message);
            }
        }
    }

    static partial class Log
    {
        [LoggerMessage(6502, LogLevel.Information, "The certificate was renewed")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(6503, LogLevel.Warning, "The certificate is not renewed: {Problem}")]
        public static partial void NotRenewed(ILogger logger, string problem);
    }
}
