using System.Runtime.InteropServices;

namespace Halley.Server;

/// <summary>Ends the server on signals. SIGTERM, which schedulers send, drains it first: not ready at once, new requests served for a while, then those that run are ended and the log is closed.</summary>
/// <remarks>In place of the console's lifetime, which stops listening at once, so that callers who were not told yet are refused.</remarks>
sealed partial class DrainLifetime(
    IHostApplicationLifetime application,
    DrainState drain,
    ServerOptions options,
    TimeProvider clock,
    ILogger<DrainLifetime> logger
) : IHostLifetime, IDisposable
{
    readonly List<PosixSignalRegistration> signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Drain));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in signals)
            signal.Dispose();
    }

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        drain.Begin();
        application.StopApplication();
    }

    void Drain(PosixSignalContext signal)
    {
        signal.Cancel = true;
        // A second SIGTERM ends the wait.
        if (drain.IsDraining)
        {
            application.StopApplication();
            return;
        }
        drain.Begin();
        Log.Draining(logger, options.Hosting.Drain.TotalSeconds);
        _ = StopLaterAsync();
    }

    async Task StopLaterAsync()
    {
        await Task.Delay(options.Hosting.Drain, clock, CancellationToken.None);
        application.StopApplication();
    }

    static partial class Log
    {
        [LoggerMessage(6501, LogLevel.Warning, "Told to end: requests are served for {Seconds} s more")]
        public static partial void Draining(ILogger logger, double seconds);
    }
}
