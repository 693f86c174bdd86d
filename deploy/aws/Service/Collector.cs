using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using Constructs;
using LogDriver = Amazon.CDK.AWS.ECS.LogDriver;

namespace Halley.Deploy;

/// <summary>The collector of OpenTelemetry beside each server: reads its /metrics and writes them to CloudWatch.</summary>
static class Collector
{
    /// <summary>Namespace of the metrics in CloudWatch.</summary>
    public const string Namespace = "Halley";

    public static string LogGroupOf(EnvironmentSettings settings) => $"/halley/{settings.Name}/metrics";

    public static void Add(
        Construct scope,
        FargateTaskDefinition task,
        EnvironmentSettings settings,
        FoundationStack foundation,
        ILogGroup log
    ) =>
        task.AddContainer(
            "collector",
            new ContainerDefinitionOptions
            {
                Image = ContainerImage.FromEcrRepository(foundation.Images.Collector, settings.Image),
                Environment = new Dictionary<string, string> { ["AOT_CONFIG_CONTENT"] = Configuration(settings) },
                Secrets = new Dictionary<string, Secret>
                {
                    ["METRICS_KEY"] = Secret.FromSecretsManager(
                        ServerVariables.Of(scope, "MetricsKey", foundation.Secrets.MetricsKeyArn)
                    ),
                },
                // A server goes on answering where its collector stops.
                Essential = false,
                ReadonlyRootFilesystem = true,
                MemoryReservationMiB = 64,
                Logging = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = log, StreamPrefix = "collector" }),
            }
        );

    /// <summary>Only Halley's own metrics, by environment: names of customers or records are in none of them.</summary>
    internal static string Configuration(EnvironmentSettings settings) =>
        $$"""
            receivers:
              prometheus:
                config:
                  scrape_configs:
                    - job_name: halley
                      scrape_interval: 30s
                      authorization: { credentials: "${env:METRICS_KEY}" }
                      static_configs: [{ targets: ["127.0.0.1:{{Network.ServerPort}}"] }]
            processors:
              filter:
                metrics: { include: { match_type: regexp, metric_names: ["halley_.*"] } }
              resource:
                attributes: [{ key: environment, value: {{settings.Name}}, action: upsert }]
              batch: {}
            exporters:
              awsemf:
                namespace: {{Namespace}}
                region: {{settings.Region}}
                log_group_name: {{LogGroupOf(settings)}}
                resource_to_telemetry_conversion: { enabled: true }
                dimension_rollup_option: NoDimensionRollup
                metric_declarations:
                  - dimensions: [[environment]]
                    metric_name_selectors: ["halley_.*"]
            service:
              pipelines:
                metrics: { receivers: [prometheus], processors: [filter, resource, batch], exporters: [awsemf] }
            """;
}
