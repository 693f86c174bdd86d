using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Turns what went wrong behind an endpoint into problem details; never a stack trace.</summary>
sealed partial class Faults(ILogger<Faults> logger)
{
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (IsBare(context.Response))
                await Problems.NoAnswerAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads an answer.
        }
        catch (SlowRequestException problem)
        {
            await FailAsync(context, problem, () => Problems.SlowAsync(context, problem));
        }
        catch (BadHttpRequestException problem)
        {
            await FailAsync(
                context,
                problem,
                () =>
                    Problems.BadRequestAsync(
                        context,
                        [new("", null, problem.Message, "a whole HTTP request", FieldProblemKind.Unreadable)]
                    )
            );
        }
        catch (HalleyException problem) when (problem.Code == DecisionLog.BusyCode || problem.Kind == FaultKind.Environment)
        {
            await FailAsync(context, problem, () => Problems.BusyAsync(context, ForCaller(problem)));
        }
        catch (HalleyException problem)
        {
            // The caller's own mistake, told to the caller: no trace of ours belongs to it.
            Log.Refused(logger, RequestIds.Of(context), problem.Message);
            await AnswerAsync(context, () => Problems.RefusedAsync(context, problem));
        }
        catch (Exception problem)
        {
            await FailAsync(context, problem, () => Problems.InternalAsync(context));
        }
    }

    /// <summary>Whether an error was set without a body, as routing does for an unknown address or method.</summary>
    static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null };

    /// <summary>What a caller is told: the log's own words name no file; other messages do, and stay in the server's log.</summary>
    static string ForCaller(HalleyException problem) =>
        problem.Code is DecisionLog.BusyCode or DecisionLog.ClosedCode ? problem.Message
        : problem.Code == DecisionLog.InDoubtCode
            ? $"The store was cut off while it wrote ({problem.Code}); it is not known whether the request was logged. Send it again with the same key."
        : $"The store can't be read or written ({problem.Code}); the server's log holds the cause. Nothing was logged; send the request again.";

    async Task FailAsync(HttpContext context, Exception problem, Func<Task> answer)
    {
        Log.Failed(logger, RequestIds.Of(context), problem);
        await AnswerAsync(context, answer);
    }

    static async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        if (context.Response.HasStarted)
            context.Abort();
        else
            await answer();
    }

    static partial class Log
    {
        [LoggerMessage(6302, LogLevel.Information, "Request {RequestId} was refused: {Problem}")]
        public static partial void Refused(ILogger logger, string requestId, string problem);

        [LoggerMessage(6301, LogLevel.Warning, "Request {RequestId} was not served")]
        public static partial void Failed(ILogger logger, string requestId, Exception problem);
    }
}
