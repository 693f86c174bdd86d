using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace Halley.Deploy;

/// <summary>One page of CloudWatch with what alarms look at.</summary>
static class Dashboards
{
    public static void Add(
        Construct scope,
        EnvironmentSettings settings,
        FoundationStack foundation,
        FrontDoor door,
        Servers servers
    )
    {
        var dashboard = new Dashboard(scope, "Dashboard", new DashboardProps { DashboardName = $"halley-{settings.Name}" });
        var database = foundation.Database.Instance;
        dashboard.AddWidgets(
            Graph("Requests and decisions", Measures.Balancer(door, "RequestCount", "Sum"), Own("halley_decisions_total")),
            Graph(
                "Latency, s",
                Measures.Balancer(door, "TargetResponseTime", "p50"),
                Measures.Balancer(door, "TargetResponseTime", "p99")
            ),
            Graph(
                "Errors and fallbacks",
                Measures.Balancer(door, "HTTPCode_Target_5XX_Count", "Sum"),
                Measures.Balancer(door, "HTTPCode_ELB_5XX_Count", "Sum"),
                Own("halley_fallbacks_total")
            )
        );
        dashboard.AddWidgets(
            Graph(
                "Shadows",
                Own("halley_shadow_answers_total"),
                Own("halley_shadow_errors_total"),
                Own("halley_shadow_left_out_total")
            ),
            Graph(
                "Drift and actual over expected",
                Own("halley_monitor_alarms", "Maximum"),
                Own("halley_monitor_drift_index", "Maximum"),
                Own("halley_monitor_actual_expected", "Maximum")
            ),
            Graph("CPU, %", servers.Service.MetricCpuUtilization(), database.MetricCPUUtilization())
        );

        Metric Own(string name, string statistic = "Sum") => Measures.Own(settings, name, statistic);
    }

    static GraphWidget Graph(string title, params IMetric[] metrics) =>
        new(
            new GraphWidgetProps
            {
                Title = title,
                Left = metrics,
                Width = 8,
                LiveData = true,
            }
        );
}
