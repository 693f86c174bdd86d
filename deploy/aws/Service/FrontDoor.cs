using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Constructs;

namespace Halley.Deploy;

/// <summary>The load balancer: TLS alone, two groups of servers that deployments take turns with, and the firewall before it.</summary>
sealed class FrontDoor : Construct
{
    public FrontDoor(Construct scope, string id, EnvironmentSettings settings, FoundationStack foundation)
        : base(scope, id)
    {
        Balancer = new ApplicationLoadBalancer(
            this,
            "Balancer",
            new ApplicationLoadBalancerProps
            {
                Vpc = foundation.Network.Vpc,
                InternetFacing = true,
                VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PUBLIC },
                SecurityGroup = foundation.Network.Balancer,
                DeletionProtection = true,
                DropInvalidHeaderFields = true,
            }
        );
        // By name, so that its policy stays with the bucket in the other stack.
        Balancer.SetAttribute("access_logs.s3.enabled", "true");
        Balancer.SetAttribute("access_logs.s3.bucket", foundation.Buckets.Access.BucketName);
        Balancer.SetAttribute("access_logs.s3.prefix", "balancer");
        Blue = Group("Blue", foundation);
        Green = Group("Green", foundation);
        Listener = Listen("Tls", 443, Blue, settings);
        // The next servers, before callers meet them: no rule lets anybody in until you add one for those who look.
        Next = Listen("Next", 8443, Green, settings);
        Firewall.Add(this, settings, foundation.Key.Key, Balancer);
    }

    public ApplicationLoadBalancer Balancer { get; }

    public ApplicationListener Listener { get; }

    /// <summary>Where the servers of a deployment answer before the traffic goes to them.</summary>
    public ApplicationListener Next { get; }

    /// <summary>The servers that answer when the stack is made.</summary>
    public ApplicationTargetGroup Blue { get; }

    /// <summary>The servers of the next deployment.</summary>
    public ApplicationTargetGroup Green { get; }

    ApplicationListener Listen(string id, int port, ApplicationTargetGroup group, EnvironmentSettings settings) =>
        Balancer.AddListener(
            id,
            new BaseApplicationListenerProps
            {
                Port = port,
                Protocol = ApplicationProtocol.HTTPS,
                Open = false,
                SslPolicy = SslPolicy.RECOMMENDED_TLS,
                Certificates = [ListenerCertificate.FromArn(settings.Certificate)],
                DefaultTargetGroups = [group],
            }
        );

    ApplicationTargetGroup Group(string id, FoundationStack foundation) =>
        new(
            this,
            id,
            new ApplicationTargetGroupProps
            {
                Vpc = foundation.Network.Vpc,
                Port = Network.ServerPort,
                Protocol = ApplicationProtocol.HTTP,
                TargetType = TargetType.IP,
                DeregistrationDelay = Duration.Seconds(30),
                LoadBalancingAlgorithmType = TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
                HealthCheck = new HealthCheck
                {
                    Path = "/health/ready",
                    Interval = Duration.Seconds(10),
                    Timeout = Duration.Seconds(5),
                    HealthyThresholdCount = 2,
                    UnhealthyThresholdCount = 2,
                },
            }
        );
}
