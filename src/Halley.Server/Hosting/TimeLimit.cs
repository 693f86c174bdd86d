namespace Halley.Server;

/// <summary>The time that a request may take.</summary>
static class TimeLimit
{
    /// <summary>Waits for work that must not be broken off: where it takes longer, it goes on and the caller is told.</summary>
    /// <exception cref="SlowRequestException">It takes longer than <paramref name="limit"/>.</exception>
    public static Task<T> WaitAsync<T>(Task<T> work, TimeSpan limit) => work.IsCompleted ? work : WaitLongerAsync(work, limit);

    static async Task<T> WaitLongerAsync<T>(Task<T> work, TimeSpan limit)
    {
        try
        {
            return await work.WaitAsync(limit);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            throw new SlowRequestException(isBody: false, limit);
        }
    }
}
