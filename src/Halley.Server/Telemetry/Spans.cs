using System.Diagnostics;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Spans of a decision, for traces. They hold names, versions and ids of Halley's own, and nothing of a request's fields.</summary>
static class Spans
{
    public const string SourceName = "Halley.Server";

    static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span; null, at no cost, where nobody listens.</summary>
    /// <param name="name">A name of the program's own: what a caller sent may be personal.</param>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>Says in the span which decision was made, by what, and by which steps.</summary>
    public static void Tell(Activity? span, DecisionRecord record)
    {
        if (span is not { IsAllDataRequested: true })
            return;
        span.SetTag("halley.decision", record.Decision);
        span.SetTag("halley.decision_id", record.Id.ToString());
        span.SetTag("halley.release", record.Release.ToString());
        span.SetTag("halley.arm", DecisionViews.ArmOf(record));
        span.SetTag("halley.purpose", DecisionViews.PurposeOf(record));
        span.SetTag("halley.is_fallback", record.Fallback is not null);
        span.SetTag("halley.steps", DecisionViews.Steps(record.Steps).Select(step => step.Name).ToArray());
    }

    /// <summary>The W3C traceparent of what runs now, where the caller sent one or it is traced; else null.</summary>
    public static string? Traceparent() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } current
        && (current.Recorded || RootOf(current).ParentId is not null)
            ? current.Id
            : null;

    static Activity RootOf(Activity activity)
    {
        while (activity.Parent is { } parent)
            activity = parent;
        return activity;
    }
}
