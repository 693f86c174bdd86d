using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;

namespace Halley.Deploy;

/// <summary>What is deployed anew: servers behind a balancer, their firewall, scaling, deployments, alarms, and jobs.</summary>
sealed class ServiceStack : Stack
{
    public ServiceStack(Construct scope, string id, EnvironmentSettings settings, FoundationStack foundation, IStackProps props)
        : base(scope, id, props)
    {
        var cluster = new Cluster(
            this,
            "Cluster",
            new ClusterProps
            {
                ClusterName = $"halley-{settings.Name}",
                Vpc = foundation.Network.Vpc,
                ContainerInsights = true,
            }
        );
        var door = new FrontDoor(this, "Door", settings, foundation);
        var servers = new Servers(this, "Servers", settings, foundation, cluster);
        servers.Service.AttachToApplicationTargetGroup(door.Blue);
        Scaling.Add(servers.Service, door, settings);
        var alarms = new Alarms(this, "Alarms", settings, foundation, door, servers);
        Dashboards.Add(this, settings, foundation, door, servers);
        _ = new BlueGreen(this, "Deployments", servers, door, alarms);
        _ = new Jobs(this, "Jobs", settings, foundation);
    }
}
