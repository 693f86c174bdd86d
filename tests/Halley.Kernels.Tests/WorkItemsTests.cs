namespace Halley.Kernels.Tests;

public class WorkItemsTests
{
    [Fact]
    public void Every_item_is_done_once_before_the_call_returns()
    {
        for (var trial = 0; trial < 2_000; trial++)
        {
            var done = new int[trial % 9];
            WorkItems.For(done.Length, 4, item => Interlocked.Increment(ref done[item]));
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void No_thread_of_the_pool_is_needed()
    {
        // Not disposed: blocked threads of the pool may still look at it after the test.
        var release = new ManualResetEventSlim();
        ThreadPool.GetMinThreads(out var workers, out _);
        for (var i = 0; i < workers + 8; i++)
            ThreadPool.UnsafeQueueUserWorkItem(_ => release.Wait(), null);
        var sum = 0;
        WorkItems.For(100, 4, item => Interlocked.Add(ref sum, item));
        release.Set();
        Assert.Equal(4950, sum);
    }

    [Fact]
    public void Work_within_work_ends()
    {
        var sum = 0;
        WorkItems.For(20, 4, outer => WorkItems.For(20, 4, inner => Interlocked.Add(ref sum, outer * inner)));
        Assert.Equal(190 * 190, sum);
    }

    [Fact]
    public void The_lowest_failed_item_comes_back_as_it_was_thrown_and_what_has_begun_ends_first()
    {
        for (var trial = 0; trial < 200; trial++)
        {
            var (begun, ended) = (0, 0);
            var failure = Assert.Throws<InvalidOperationException>(() =>
                WorkItems.For(
                    50,
                    4,
                    item =>
                    {
                        Interlocked.Increment(ref begun);
                        try
                        {
                            if (item is 0 or 7)
                                throw new InvalidOperationException($"item {item}");
                        }
                        finally
                        {
                            Interlocked.Increment(ref ended);
                        }
                    }
                )
            );
            Assert.Equal("item 0", failure.Message);
            Assert.Equal(Volatile.Read(ref begun), Volatile.Read(ref ended));
        }
    }

    [Fact]
    public void Cancelled_work_stops_and_says_so()
    {
        using var source = new CancellationTokenSource();
        var done = 0;
        Assert.Throws<OperationCanceledException>(() =>
            WorkItems.For(
                1_000,
                4,
                item =>
                {
                    Interlocked.Increment(ref done);
                    source.Cancel();
                },
                source.Token
            )
        );
        Assert.InRange(done, 1, 4);
    }
}
