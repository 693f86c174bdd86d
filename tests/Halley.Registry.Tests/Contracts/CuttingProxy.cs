using System.Net;
using System.Net.Sockets;

namespace Halley.Registry.Tests;

/// <summary>What a <see cref="CuttingProxy"/> does at the next commit that passes.</summary>
enum Cut
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The commit never reaches the database.</summary>
    BeforeCommit,

    /// <summary>The database commits, but its answer never arrives.</summary>
    AfterCommit,

    /// <summary>The commit is held up and no side is told: the line is dead.</summary>
    Hang,
}

/// <summary>Stands between a program and its database and breaks the connection where a test wants it.</summary>
sealed class CuttingProxy : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly List<Socket> sockets = [];
    readonly int databasePort;
    int next;

    internal CuttingProxy(int databasePort)
    {
        this.databasePort = databasePort;
        listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What happens at the next commit; it happens once.</summary>
    internal Cut Next
    {
        set => Volatile.Write(ref next, (int)value);
    }

    /// <summary>The database's connection string with this place instead.</summary>
    internal string Through(string connectionString) =>
        connectionString.Replace($"Port={databasePort}", $"Port={Port}", StringComparison.Ordinal);

    public void Dispose()
    {
        listener.Stop();
        lock (sockets)
            sockets.ForEach(socket => socket.Dispose());
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                await JoinAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task JoinAsync(Socket client)
    {
        var database = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (sockets)
            sockets.AddRange([client, database]);
        try
        {
            await database.ConnectAsync(IPAddress.Loopback, databasePort);
            _ = new Line(this, client, database).RunAsync();
        }
        catch (SocketException)
        {
            // The database is stopped: the caller is refused as by itself.
            client.Dispose();
        }
    }

    Cut TakeNext() => (Cut)Interlocked.Exchange(ref next, (int)Cut.None);

    sealed class Line(CuttingProxy proxy, Socket client, Socket database)
    {
        volatile bool isDeaf;
        volatile bool isDead;

        internal Task RunAsync() => Task.WhenAll(ForwardAsync(), BackAsync());

        async Task ForwardAsync()
        {
            var buffer = new byte[1 << 16];
            try
            {
                int count;
                while ((count = await client.ReceiveAsync(buffer)) > 0)
                {
                    // The zero ends the statement: "READ COMMITTED" is no commit.
                    var isCommit = buffer.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0;
                    switch (isCommit ? proxy.TakeNext() : Cut.None)
                    {
                        case Cut.BeforeCommit:
                            Close();
                            return;
                        case Cut.AfterCommit:
                            isDeaf = true;
                            break;
                        case Cut.Hang:
                            isDead = true;
                            break;
                    }
                    if (!isDead)
                        await database.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException) { }
            // A line that hangs tells the other side nothing.
            if (!isDead)
                Close();
        }

        async Task BackAsync()
        {
            var buffer = new byte[1 << 16];
            try
            {
                int count;
                while ((count = await database.ReceiveAsync(buffer)) > 0)
                {
                    // The database has answered, so it has committed; the caller hears nothing of it.
                    if (isDeaf)
                        break;
                    await client.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException) { }
            Close();
        }

        void Close()
        {
            client.Dispose();
            database.Dispose();
        }
    }
}
