using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Halley.Bench;

/// <summary>Load at a constant rate: each request has its moment, whether or not earlier ones are answered, and its time counts from that moment.</summary>
/// <remarks>A connection holds one request; one that finds no connection free waits, and the waiting is counted.</remarks>
sealed class OpenLoop(Uri address, string path, IReadOnlyList<string> bodies)
{
    const int Connections = 64;

    readonly byte[][] requests =
    [
        .. bodies.Select(body =>
            Encoding.UTF8.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
            )
        ),
    ];

    /// <summary>Milliseconds from each request's moment to the end of its answer, in rising order.</summary>
    public double[] Milliseconds(double perSecond, TimeSpan warmUp, TimeSpan length)
    {
        var sockets = new Socket[Connections];
        for (var i = 0; i < Connections; i++)
        {
            sockets[i] = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            sockets[i].Connect(IPAddress.Loopback, address.Port);
        }
        var (sent, total) = (0L, (long)(perSecond * (warmUp + length).TotalSeconds));
        var first = (long)(perSecond * warmUp.TotalSeconds);
        var due = new long[Connections];
        var (isBusy, received, buffer) = (new bool[Connections], new int[Connections], new byte[Connections][]);
        var free = new Stack<int>(Enumerable.Range(0, Connections));
        for (var i = 0; i < Connections; i++)
            buffer[i] = new byte[16_384];
        var taken = new List<double>((int)(total - first));
        var measured = new bool[Connections];
        var (start, frequency) = (Stopwatch.GetTimestamp(), Stopwatch.Frequency);
        var (waiting, ready) = (new List<Socket>(), new List<Socket>());
        var indexOf = Enumerable.Range(0, Connections).ToDictionary(i => sockets[i]);
        while (sent < total || free.Count < Connections)
        {
            // 1. Whatever is due leaves.
            while (sent < total && free.Count > 0 && Due(sent) <= Stopwatch.GetTimestamp())
            {
                var one = free.Pop();
                (due[one], measured[one], received[one], isBusy[one]) = (Due(sent), sent >= first, 0, true);
                sockets[one].Send(requests[sent % requests.Length]);
                sent++;
            }
            // 2. Whatever has come is read; a short wait keeps the next moment exact.
            waiting.Clear();
            for (var i = 0; i < Connections; i++)
            {
                if (isBusy[i])
                    waiting.Add(sockets[i]);
            }
            if (waiting.Count == 0)
                continue;
            ready.Clear();
            ready.AddRange(waiting);
            Socket.Select(ready, null, null, 0);
            foreach (var socket in ready)
            {
                var one = indexOf[socket];
                var bytes = socket.Receive(buffer[one].AsSpan(received[one]));
                if (bytes == 0)
                    throw new InvalidOperationException("the server closed a connection.");
                received[one] += bytes;
                if (!IsWhole(buffer[one].AsSpan(0, received[one])))
                    continue;
                if (measured[one])
                    taken.Add((Stopwatch.GetTimestamp() - due[one]) * 1000.0 / frequency);
                isBusy[one] = false;
                free.Push(one);
            }
        }
        foreach (var socket in sockets)
            socket.Dispose();
        taken.Sort();
        return [.. taken];

        long Due(long request) => start + (long)(request / perSecond * frequency);
    }

    /// <exception cref="InvalidOperationException">The answer is no 200.</exception>
    static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        if (!bytes.StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException($"an answer was no 200: {Encoding.UTF8.GetString(bytes)}");
        var at = bytes.IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
        var line = bytes[at..];
        var length = int.Parse(line[..line.IndexOf("\r\n"u8)], System.Globalization.CultureInfo.InvariantCulture);
        return bytes.Length >= end + 4 + length;
    }
}
