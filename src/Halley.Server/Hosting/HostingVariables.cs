using System.Globalization;
using Halley.Data;

namespace Halley.Server;

/// <summary>Settings of the network side from the environment of the process.</summary>
public static class HostingVariables
{
    /// <summary>
    /// The options with what HALLEY_DRAIN_SECONDS, HALLEY_REQUEST_RATE, HALLEY_REQUEST_BURST, HALLEY_REQUEST_SECONDS,
    /// HALLEY_MAXIMUM_BODY_BYTES, HALLEY_CERTIFICATE and HALLEY_CERTIFICATE_KEY say.
    /// </summary>
    /// <exception cref="HalleyException">HLY6000: a variable holds no number.</exception>
    public static ServerOptions WithVariables(this ServerOptions options) =>
        options with
        {
            MaximumBodyBytes = (int?)Number("HALLEY_MAXIMUM_BODY_BYTES") ?? options.MaximumBodyBytes,
            Hosting = options.Hosting with
            {
                Drain = Seconds("HALLEY_DRAIN_SECONDS") ?? options.Hosting.Drain,
                RequestRate = Number("HALLEY_REQUEST_RATE") ?? options.Hosting.RequestRate,
                RequestBurst = (int?)Number("HALLEY_REQUEST_BURST") ?? options.Hosting.RequestBurst,
                RequestTime = Seconds("HALLEY_REQUEST_SECONDS") ?? options.Hosting.RequestTime,
                Certificate = Text("HALLEY_CERTIFICATE") ?? options.Hosting.Certificate,
                CertificateKey = Text("HALLEY_CERTIFICATE_KEY") ?? options.Hosting.CertificateKey,
            },
        };

    static TimeSpan? Seconds(string name) =>
        Number(name) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e6)) : null;

    static double? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= int.MaxValue
            ? number
            : throw new HalleyException("HLY6000", $"the server can't start: {name} is '{text}', which is no number.");
    }

    static string? Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
