using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Halley.Server;

/// <summary>Metrics for Prometheus; with the standard OTEL_* variables, traces and metrics to an OTLP endpoint, too.</summary>
static class Exports
{
    public static void Add(IServiceCollection services)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Variable("OTEL_SERVICE_NAME") ?? "halley"))
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(Traffic.MeterName)
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddPrometheusExporter();
                if (IsExported("METRICS"))
                    metrics.AddOtlpExporter();
            });
        if (IsExported("TRACES"))
            telemetry.WithTracing(traces =>
                traces.AddSource(Spans.SourceName).AddAspNetCoreInstrumentation(LeaveOutPersonal).AddOtlpExporter()
            );
    }

    /// <summary>Whether the environment names an endpoint for a signal and does not turn it off.</summary>
    /// <param name="signal">METRICS or TRACES.</param>
    static bool IsExported(string signal)
    {
        var hasEndpoint =
            Variable("OTEL_EXPORTER_OTLP_ENDPOINT") is not null || Variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is not null;
        var isOff =
            "true".Equals(Variable("OTEL_SDK_DISABLED"), StringComparison.OrdinalIgnoreCase)
            || Variable($"OTEL_{signal}_EXPORTER") is { } exporter
                && !exporter.Contains("otlp", StringComparison.OrdinalIgnoreCase);
        return hasEndpoint && !isOff;
    }

    /// <summary>The route stands for the path; what callers put into paths and headers stays out.</summary>
    static void LeaveOutPersonal(AspNetCoreTraceInstrumentationOptions options) =>
        options.EnrichWithHttpRequest = (span, _) =>
        {
            foreach (var tag in new[] { "url.path", "url.query", "user_agent.original", "client.address" })
                span.SetTag(tag, null);
        };

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
