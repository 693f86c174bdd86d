using System.Threading.Channels;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Asks the shadows the same requests on one thread of its own. Whatever a shadow does, the champion's answer has left already.</summary>
sealed partial class ShadowRunner(
    DecisionLog log,
    ShadowTally tally,
    Traffic traffic,
    ServerOptions options,
    TimeProvider clock,
    ILogger<ShadowRunner> logger
) : BackgroundService
{
    readonly Channel<ShadowWork> queue = Channel.CreateBounded<ShadowWork>(
        new BoundedChannelOptions(options.ShadowQueue) { SingleReader = true }
    );
    long leftOut;
    long waiting;

    /// <summary>Requests whose shadows were left out because the queue was full.</summary>
    public long LeftOut => Interlocked.Read(ref leftOut);

    /// <summary>Requests that wait for their shadows.</summary>
    public long Waiting => Interlocked.Read(ref waiting);

    /// <summary>Takes a request if there is room; never waits.</summary>
    public void Offer(LiveRoute route, DecisionRecord record)
    {
        if (route.Shadows.Count == 0)
            return;
        Interlocked.Increment(ref waiting);
        if (queue.Writer.TryWrite(new(route, record)))
            return;
        Interlocked.Decrement(ref waiting);
        Interlocked.Increment(ref leftOut);
        traffic.ShadowLeftOut();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task
            .Factory.StartNew(
                () => RunAsync(stoppingToken),
                stoppingToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .Unwrap();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What waits is finished: a shadow's evidence is paired on every request that it was meant to see.
        queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    async Task RunAsync(CancellationToken stopping)
    {
        _ = stopping;
        await foreach (var work in queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            foreach (var shadow in work.Route.Shadows)
                await AskAsync(work, shadow);
            Interlocked.Decrement(ref waiting);
        }
    }

    async Task AskAsync(ShadowWork work, VersionId shadow)
    {
        try
        {
            var record = Ask(work, shadow);
            await log.AppendAsync(record);
            tally.Add(work.Record, record);
            traffic.ShadowAsked(failed: record.Error is not null);
        }
        catch (Exception problem)
        {
            // One shadow's trouble, the log's included, must not end the others' work.
            Log.Failed(logger, shadow.ToString(), problem);
            tally.AddError(work.Record, shadow);
            traffic.ShadowAsked(failed: true);
        }
    }

    ShadowRecord Ask(ShadowWork work, VersionId shadow)
    {
        var started = clock.GetTimestamp();
        AnswerBytes? bytes = null;
        string? error = null;
        try
        {
            if (work.Route.Engine(shadow).TryDecide(work.Record.Inputs.Span, out var answer, out var problems))
            {
                using (answer)
                {
                    bytes = AnswerBytes.Of(answer);
                    error = answer.Source == AnswerSource.Release ? null : string.Join("; ", answer.Failures);
                }
            }
            else
            {
                error = string.Join(" ", problems);
            }
        }
        catch (Exception problem)
        {
            error = $"{problem.GetType().Name}: {problem.Message}";
        }
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            DecisionId = work.Record.Id,
            Time = now,
            Environment = options.Environment,
            Decision = work.Record.Decision,
            Release = shadow,
            LatencyMicroseconds = clock.GetElapsedTime(started).TotalMicroseconds,
            Error = error,
            Simulated = options.Simulated,
            Outputs = error is null && bytes is not null ? bytes.Outputs : ReadOnlyMemory<byte>.Empty,
            Steps = bytes?.Steps ?? ReadOnlyMemory<byte>.Empty,
            Reasons = bytes?.Reasons ?? ReadOnlyMemory<byte>.Empty,
        };
    }

    static partial class Log
    {
        [LoggerMessage(6101, LogLevel.Warning, "Shadow {Release} could not be asked or logged")]
        public static partial void Failed(ILogger logger, string release, Exception problem);
    }
}
