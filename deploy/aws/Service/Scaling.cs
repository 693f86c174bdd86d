using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.ECS;

namespace Halley.Deploy;

/// <summary>Servers come by requests and by CPU, and go by CPU.</summary>
static class Scaling
{
    public static void Add(FargateService service, FrontDoor door, EnvironmentSettings settings)
    {
        var size = settings.Dimensions;
        var count = service.AutoScaleTaskCount(
            new EnableScalingProps { MinCapacity = size.MinimumTasks, MaxCapacity = size.MaximumTasks }
        );
        count.ScaleOnCpuUtilization(
            "Cpu",
            new CpuUtilizationScalingProps
            {
                TargetUtilizationPercent = 50,
                ScaleOutCooldown = Duration.Seconds(60),
                ScaleInCooldown = Duration.Minutes(10),
            }
        );
        // Deployments take turns with the two groups, and the idle one has no requests: it may add servers and never take any away.
        foreach (var (id, group) in new[] { ("BlueRequests", door.Blue), ("GreenRequests", door.Green) })
            count.ScaleOnRequestCount(
                id,
                new RequestCountScalingProps
                {
                    TargetGroup = group,
                    RequestsPerTarget = settings.RequestsPerServer,
                    DisableScaleIn = true,
                    ScaleOutCooldown = Duration.Seconds(60),
                }
            );
    }
}
