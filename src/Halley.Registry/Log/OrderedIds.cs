namespace Halley.Registry;

/// <summary>UUIDs of version 7 that grow from call to call, also within a millisecond and after a clock was set back.</summary>
/// <remarks>
/// The 12 bits behind the version count the ids of a millisecond; when they run out, or the clock goes back, the last
/// millisecond is carried on. Source: RFC 9562, section 6.2, method 1.
/// </remarks>
sealed class OrderedIds(TimeProvider time)
{
    const int CounterEnd = 1 << 12;

    readonly Lock gate = new();
    long millisecond;
    int counter;

    internal Guid Next()
    {
        var (at, count) = Advance();
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(at)).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)(0x70 | count >> 8);
        bytes[7] = (byte)count;
        return new(bytes, bigEndian: true);
    }

    (long Millisecond, int Count) Advance()
    {
        lock (gate)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > millisecond)
                (millisecond, counter) = (now, 0);
            else if (++counter == CounterEnd)
                (millisecond, counter) = (millisecond + 1, 0);
            return (millisecond, counter);
        }
    }
}
