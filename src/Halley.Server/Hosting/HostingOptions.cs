namespace Halley.Server;

/// <summary>How the server meets the network: its end, limits and encryption.</summary>
public sealed record HostingOptions
{
    /// <summary>How long new requests are still served after SIGTERM, while the server says that it is not ready. Range 0 to 60 s. Default 5 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests a second that a caller (its key or token; without these its address) may send; null for no limit. Range: above 0.</summary>
    public double? RequestRate { get; init; }

    /// <summary>Requests that a caller may send at once before the rate holds. Range from 1. Default: those of two seconds.</summary>
    public int? RequestBurst { get; init; }

    /// <summary>How long a request's body may take to come, and a decision, outcomes or scores to be made and written. Range 0.1 s to 10 minutes. Default 30 s.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>PEM file with the certificate, and those between it and the root behind it; needed with an https address, else null.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the certificate's private key; null where the certificate's own file has it.</summary>
    public string? CertificateKey { get; init; }

    /// <summary><see cref="RequestBurst"/>, or what stands for it.</summary>
    internal int Burst => RequestBurst ?? (int)Math.Clamp(Math.Ceiling(2 * RequestRate ?? 1), 1, int.MaxValue);

    /// <summary>Every problem with these settings, each a sentence.</summary>
    internal IEnumerable<string> Validate(string address)
    {
        if (Drain < TimeSpan.Zero || Drain > TimeSpan.FromSeconds(60))
            yield return $"a drain of {Drain.TotalSeconds} s is not possible; it must lie in 0 to 60.";
        if (RequestRate is { } rate && !(rate > 0 && double.IsFinite(rate)))
            yield return $"a rate of {rate} requests a second lets nothing through; it must be above 0.";
        if (RequestBurst < 1)
            yield return $"a burst of {RequestBurst} requests lets nothing through; 1 is the least.";
        if (RequestBurst is not null && RequestRate is null)
            yield return "a burst is of no use without a rate: give the requests a second, too.";
        if (RequestTime < TimeSpan.FromSeconds(0.1) || RequestTime > TimeSpan.FromMinutes(10))
            yield return $"a request can't take up to {RequestTime.TotalSeconds} s; it must lie in 0.1 to 600.";
        var isSecure = address.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        if (isSecure && Certificate is null)
            yield return $"the address '{address}' needs a certificate: give its PEM file and that of its key.";
        if (!isSecure && Certificate is not null)
            yield return $"the certificate is of no use at '{address}': write the address with https.";
        if (CertificateKey is not null && Certificate is null)
            yield return "the certificate's key is of no use without the certificate.";
    }
}
