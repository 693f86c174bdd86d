using Microsoft.Extensions.DependencyInjection;

namespace Halley.Client;

/// <summary>Registers the client.</summary>
public static class HalleyServices
{
    /// <summary>Adds one <see cref="HalleyClient"/> for the whole program.</summary>
    /// <exception cref="ArgumentException">The options are wrong; all problems at once.</exception>
    public static IServiceCollection AddHalley(this IServiceCollection services, Action<HalleyClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new HalleyClientOptions();
        configure(options);
        HalleyClient.Check(options);
        return services.AddSingleton(_ => new HalleyClient(options));
    }
}
