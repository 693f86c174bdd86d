using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;

namespace Halley.Deploy;

/// <summary>The metrics that alarms and dashboard look at.</summary>
static class Measures
{
    static readonly Duration Minute = Duration.Minutes(1);

    /// <summary>A metric of the servers themselves, as /metrics names it.</summary>
    public static Metric Own(EnvironmentSettings settings, string name, string statistic = "Sum") =>
        new(
            new MetricProps
            {
                Namespace = Collector.Namespace,
                MetricName = name,
                DimensionsMap = new Dictionary<string, string> { ["environment"] = settings.Name },
                Statistic = statistic,
                Period = Minute,
            }
        );

    /// <summary>A metric of the balancer, of both groups of servers together.</summary>
    public static Metric Balancer(FrontDoor door, string name, string statistic) =>
        new(
            new MetricProps
            {
                Namespace = "AWS/ApplicationELB",
                MetricName = name,
                DimensionsMap = new Dictionary<string, string> { ["LoadBalancer"] = door.Balancer.LoadBalancerFullName },
                Statistic = statistic,
                Period = Minute,
            }
        );

    /// <summary>100 · part / whole; 0 where there was nothing.</summary>
    public static MathExpression Percent(IMetric part, IMetric whole, string label) =>
        new(
            new MathExpressionProps
            {
                Expression = "IF(whole > 0, 100 * FILL(part, 0) / whole, 0)",
                UsingMetrics = new Dictionary<string, IMetric> { ["part"] = part, ["whole"] = whole },
                Label = label,
                Period = Minute,
            }
        );
}
