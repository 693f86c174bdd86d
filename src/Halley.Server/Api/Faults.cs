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
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads an answer.
        }
        catch (BadHttpRequestException problem)
        {
            await AnswerAsync(
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
            await AnswerAsync(context, problem, () => Problems.BusyAsync(context, problem.Message));
        }
        catch (HalleyException problem)
        {
            await AnswerAsync(context, problem, () => Problems.RefusedAsync(context, problem));
        }
        catch (Exception problem)
        {
            await AnswerAsync(context, problem, () => Problems.InternalAsync(context));
        }
    }

    async Task AnswerAsync(HttpContext context, Exception problem, Func<Task> answer)
    {
        Log.Failed(logger, RequestIds.Of(context), problem);
        if (context.Response.HasStarted)
            context.Abort();
        else
            await answer();
    }

    static partial class Log
    {
        [LoggerMessage(6301, LogLevel.Warning, "Request {RequestId} was not served")]
        public static partial void Failed(ILogger logger, string requestId, Exception problem);
    }
}
