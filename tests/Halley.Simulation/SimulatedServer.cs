using System.Diagnostics.Metrics;
using Halley.Registry;
using Halley.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Halley.Simulation;

/// <summary>One server process: the product's own store, log, routes, decisions and shadows, put together as the host does it.</summary>
sealed class SimulatedServer : IAsyncDisposable
{
    readonly LocalStore store;
    readonly DecisionLog log;
    readonly ShadowRunner shadows;

    SimulatedServer(string process, LocalStore store, DecisionLog log, string environment, TimeProvider clock)
    {
        (Process, this.store, this.log) = (process, store, log);
        var options = new ServerOptions { Store = process, Environment = environment };
        var traffic = new Traffic(new Meters(), clock);
        Routes = new(store.Registry, new(store.Registry, store.Artefacts), options, clock, NullLogger<LiveRoutes>.Instance);
        shadows = new(log, new ShadowTally(), traffic, options, clock, NullLogger<ShadowRunner>.Instance);
        Canaries = new(store.Registry, store.LogReader, new(store.Registry, store.Artefacts), environment, clock);
        Decisions = new(Routes, log, store, new ReleaseRouter(store, options, clock), shadows, Canaries, traffic, options, clock);
    }

    internal string Process { get; }

    internal LiveRoutes Routes { get; }

    internal DecisionService Decisions { get; }

    internal CanaryGuardian Canaries { get; }

    internal ReleaseRegistry Registry => store.Registry;

    internal LocalStore Store => store;

    internal DecisionLog Log => log;

    internal static async Task<SimulatedServer> StartAsync(
        string folder,
        StorePlaces places,
        string environment,
        TimeProvider clock
    )
    {
        var store = new LocalStore(folder, places, clock);
        DecisionLog log;
        try
        {
            log = store.OpenLog();
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
        var server = new SimulatedServer(Path.GetFileName(folder), store, log, environment, clock);
        await server.shadows.StartAsync(CancellationToken.None);
        await server.Routes.RefreshAsync(CancellationToken.None);
        return server;
    }

    /// <summary>Waits until the shadows have seen what was decided, so that a history has one order.</summary>
    internal async Task SettleAsync()
    {
        while (shadows.Waiting > 0)
            await Task.Yield();
    }

    /// <summary>Takes the objects down, whether the process ended in order or its files are dead already.</summary>
    public async ValueTask DisposeAsync()
    {
        await shadows.StopAsync(CancellationToken.None);
        shadows.Dispose();
        Routes.Dispose();
        await log.DisposeAsync();
        await store.DisposeAsync();
    }

    sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose() { }
    }
}
