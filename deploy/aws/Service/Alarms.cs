using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;

namespace Halley.Deploy;

/// <summary>Alarms, told by an encrypted topic; those of latency and errors also stop a deployment and roll it back.</summary>
sealed class Alarms : Construct
{
    readonly Topic topic;

    public Alarms(
        Construct scope,
        string id,
        EnvironmentSettings settings,
        FoundationStack foundation,
        FrontDoor door,
        Servers servers
    )
        : base(scope, id)
    {
        topic = new Topic(
            this,
            "Topic",
            new TopicProps
            {
                TopicName = $"halley-{settings.Name}-alarms",
                MasterKey = foundation.Key.Key,
                EnforceSSL = true,
            }
        );
        if (settings.AlarmMail is { } mail)
            topic.AddSubscription(new EmailSubscription(mail));
        var requests = Measures.Balancer(door, "RequestCount", "Sum");
        OfDeployments =
        [
            Add(
                "Latency",
                Measures.Balancer(door, "TargetResponseTime", "p99"),
                0.25,
                "99 in 100 answers take longer than 0.25 s."
            ),
            Add(
                "Errors",
                Measures.Percent(Measures.Balancer(door, "HTTPCode_Target_5XX_Count", "Sum"), requests, "errors, %"),
                1,
                "More than 1 in 100 requests end with an error of the server."
            ),
            Add("Unanswered", Measures.Balancer(door, "HTTPCode_ELB_5XX_Count", "Sum"), 10, "The balancer reaches no server."),
        ];
        var decisions = Measures.Own(settings, "halley_decisions_total");
        Add(
            "Fallbacks",
            Measures.Percent(Measures.Own(settings, "halley_fallbacks_total"), decisions, "fallbacks, %"),
            2,
            "More than 2 in 100 decisions are answered by a fallback."
        );
        Add(
            "ShadowBacklog",
            Measures.Own(settings, "halley_shadow_left_out_total"),
            0,
            "Requests wait for shadows longer than there is room, and are left out."
        );
        Add(
            "Drift",
            Measures.Own(settings, "halley_monitor_alarms", "Maximum"),
            0,
            "The monitor has an alarm: see 'halley monitor'."
        );
        var database = foundation.Database.Instance;
        Add("DatabaseCpu", database.MetricCPUUtilization(), 80, "The database works at more than 80 % of its CPU.");
        Add(
            "DatabaseStorage",
            database.MetricFreeStorageSpace(),
            10e9,
            "Less than 10 GB of storage are free.",
            ComparisonOperator.LESS_THAN_THRESHOLD
        );
        Add(
            "ServerCpu",
            servers.Service.MetricCpuUtilization(),
            85,
            "Servers work at more than 85 % of their CPU, though more were added."
        );
    }

    /// <summary>Those that roll a deployment back.</summary>
    public IReadOnlyList<Alarm> OfDeployments { get; }

    Alarm Add(
        string id,
        IMetric metric,
        double threshold,
        string words,
        ComparisonOperator comparison = ComparisonOperator.GREATER_THAN_THRESHOLD
    )
    {
        var alarm = new Alarm(
            this,
            id,
            new AlarmProps
            {
                Metric = metric,
                Threshold = threshold,
                ComparisonOperator = comparison,
                EvaluationPeriods = 3,
                DatapointsToAlarm = 2,
                TreatMissingData = TreatMissingData.NOT_BREACHING,
                AlarmDescription = words,
            }
        );
        alarm.AddAlarmAction(new SnsAction(topic));
        return alarm;
    }
}
