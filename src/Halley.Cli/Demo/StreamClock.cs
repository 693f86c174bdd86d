namespace Halley.Cli;

/// <summary>Tells the simulated time of the stream while it plays, and the machine's own after it; never goes back.</summary>
/// <remarks>Only the calendar is simulated: timers and elapsed times are real. So "weeks" in the value report are weeks of the stream.</remarks>
sealed class StreamClock(DateTimeOffset start) : TimeProvider
{
    long ticks = start.UtcTicks;
    volatile bool isOver;

    /// <summary>The machine's clock from the start.</summary>
    public static StreamClock OfTheMachine() => new(DateTimeOffset.UnixEpoch) { isOver = true };

    public override DateTimeOffset GetUtcNow() => isOver ? System.GetUtcNow() : new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Moves on to the time of an event; an earlier one changes nothing.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        var seen = Interlocked.Read(ref ticks);
        while (time.UtcTicks > seen)
        {
            var found = Interlocked.CompareExchange(ref ticks, time.UtcTicks, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }

    /// <summary>Ends the simulation: from here on it is the machine's clock.</summary>
    public void End() => isOver = true;
}
