namespace Halley.Registry.Tests;

/// <summary>A clock that stands until it is moved, forward or back; its timers fire while it is moved.</summary>
sealed class ManualTime : TimeProvider
{
    readonly List<ManualTimer> timers = [];

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by)
    {
        Now += by;
        foreach (var timer in timers.ToList())
            timer.FireIfDue(Now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(callback, state, Now + dueTime, period, () => Now);
        timers.Add(timer);
        return timer;
    }

    sealed class ManualTimer(TimerCallback callback, object? state, DateTimeOffset due, TimeSpan period, Func<DateTimeOffset> now)
        : ITimer
    {
        bool isStopped;

        public void FireIfDue(DateTimeOffset time)
        {
            while (!isStopped && time >= due)
            {
                due += period;
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            (due, period) = (now() + dueTime, newPeriod);
            return true;
        }

        public void Dispose() => isStopped = true;

        public ValueTask DisposeAsync()
        {
            isStopped = true;
            return ValueTask.CompletedTask;
        }
    }
}
