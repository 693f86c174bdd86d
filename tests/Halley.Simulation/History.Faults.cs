using Halley.Data;

namespace Halley.Simulation;

/// <summary>What time, the disk and the machine do, and what servers look at.</summary>
sealed partial class History
{
    async Task<string> RefreshAsync()
    {
        var server = AnyServer();
        if (!settings.NeverRefreshes)
            await server.Routes.RefreshAsync(CancellationToken.None);
        if (server.Routes.Problem is not null)
            return $"refresh {servers.IndexOf(server)}: not now";
        var live = server.Routes.Find(Name)!.Live;
        Promises.Expect(
            live.Revision >= promises.LastRevision,
            $"server {servers.IndexOf(server)} looked and answers by change {live.Revision}, {promises.LastRevision} was acknowledged"
        );
        promises.Seen(live);
        return $"refresh {servers.IndexOf(server)}: {live.Revision}";
    }

    string Clock()
    {
        var seconds = random.Next(90);
        switch (random.Next(8))
        {
            case 0:
                clock.Set(TimeSpan.FromMinutes(-seconds));
                return $"the clock is set back by {seconds} min";
            case 1:
                clock.Set(TimeSpan.FromHours(seconds));
                return $"the clock jumps by {seconds} h";
            default:
                clock.Advance(TimeSpan.FromSeconds(seconds));
                return $"{seconds} s pass";
        }
    }

    string Arm()
    {
        var (fault, after) = ((DiskFault)(1 + random.Next(4)), random.Next(12));
        disk.Arm(fault, after);
        return $"disk: {fault} after {after} writes";
    }

    async Task<string> KillAsync()
    {
        var place = random.Next(servers.Count);
        disk.Arm(DiskFault.None, 0);
        await EndAsync(servers[place], inOrder: random.Next(3) == 0);
        servers[place] = await BootAsync();
        await promises.AssertLastKeptAsync(servers[place].Store, Environment);
        return $"kill {place}";
    }

    async Task<string> PowerCutAsync()
    {
        disk.Arm(DiskFault.None, 0);
        foreach (var server in servers)
            disk.Kill(server.Process);
        disk.PowerCut(random);
        for (var place = 0; place < servers.Count; place++)
        {
            await EndAsync(servers[place], inOrder: false);
            servers[place] = await BootAsync();
        }
        await promises.AssertLastKeptAsync(servers[0].Store, Environment);
        return "power cut";
    }

    async Task CheckAllAsync()
    {
        disk.Arm(DiskFault.None, 0);
        await promises.AssertKeptAsync(AnyServer().Store, Environment);
    }

    async Task EndAsync(SimulatedServer server, bool inOrder)
    {
        if (!inOrder)
            disk.Kill(server.Process);
        await server.DisposeAsync();
    }

    async Task<SimulatedServer> BootAsync()
    {
        try
        {
            return await SimulatedServer.StartAsync(Path.Combine(folder, $"p{++started}"), places, Environment, clock);
        }
        catch (HalleyException fault)
        {
            throw new BrokenPromiseException(
                $"a server does not start again: {fault.Message.Replace(folder, "", StringComparison.Ordinal)}"
            );
        }
    }
}
