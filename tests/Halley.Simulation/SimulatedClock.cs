namespace Halley.Simulation;

/// <summary>A clock that stands until the simulation moves it, forward or back; its timers fire while it is moved.</summary>
sealed class SimulatedClock : TimeProvider
{
    readonly List<Alarm> alarms = [];
    long ticks;

    internal DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time passes.</summary>
    internal void Advance(TimeSpan by)
    {
        Now += by;
        ticks += by.Ticks;
        foreach (var alarm in alarms.ToList())
            alarm.FireIfDue(ticks);
    }

    /// <summary>Somebody sets the clock; no time passes.</summary>
    internal void Set(TimeSpan by) => Now += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state, dueTime, period);
        alarms.Add(alarm);
        return alarm;
    }

    sealed class Alarm : ITimer
    {
        readonly SimulatedClock clock;
        readonly TimerCallback callback;
        readonly object? state;
        TimeSpan period;
        long due;

        internal Alarm(SimulatedClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.clock, this.callback, this.state) = (clock, callback, state);
            Change(dueTime, period);
        }

        internal void FireIfDue(long now)
        {
            if (now < due)
                return;
            due = period > TimeSpan.Zero ? now + period.Ticks : long.MaxValue;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            due = dueTime < TimeSpan.Zero ? long.MaxValue : clock.ticks + dueTime.Ticks;
            period = newPeriod;
            return true;
        }

        public void Dispose() => clock.alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
