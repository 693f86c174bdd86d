using Amazon.CDK.AWS.CodeDeploy;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Stack = Amazon.CDK.Stack;

namespace Halley.Deploy;

/// <summary>Deployments of new servers: beside the old ones, a tenth of the traffic for five minutes, and back by itself where an alarm rings.</summary>
sealed class BlueGreen : Construct
{
    public BlueGreen(Construct scope, string id, Servers servers, FrontDoor door, Alarms alarms)
        : base(scope, id)
    {
        var application = new EcsApplication(this, "Application");
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("codedeploy.amazonaws.com") });
        AllowDeployments(role, servers, door, alarms);
        var service = servers.Service;
        var group = new CfnDeploymentGroup(
            this,
            "Group",
            new CfnDeploymentGroupProps
            {
                ApplicationName = application.ApplicationName,
                ServiceRoleArn = role.RoleArn,
                DeploymentConfigName = "CodeDeployDefault.ECSCanary10Percent5Minutes",
                DeploymentStyle = new CfnDeploymentGroup.DeploymentStyleProperty
                {
                    DeploymentType = "BLUE_GREEN",
                    DeploymentOption = "WITH_TRAFFIC_CONTROL",
                },
                EcsServices = new object[]
                {
                    new CfnDeploymentGroup.ECSServiceProperty
                    {
                        ClusterName = service.Cluster.ClusterName,
                        ServiceName = service.ServiceName,
                    },
                },
                LoadBalancerInfo = new CfnDeploymentGroup.LoadBalancerInfoProperty
                {
                    TargetGroupPairInfoList = new object[]
                    {
                        new CfnDeploymentGroup.TargetGroupPairInfoProperty
                        {
                            ProdTrafficRoute = new CfnDeploymentGroup.TrafficRouteProperty
                            {
                                ListenerArns = [door.Listener.ListenerArn],
                            },
                            TestTrafficRoute = new CfnDeploymentGroup.TrafficRouteProperty
                            {
                                ListenerArns = [door.Next.ListenerArn],
                            },
                            TargetGroups = new object[]
                            {
                                new CfnDeploymentGroup.TargetGroupInfoProperty { Name = door.Blue.TargetGroupName },
                                new CfnDeploymentGroup.TargetGroupInfoProperty { Name = door.Green.TargetGroupName },
                            },
                        },
                    },
                },
                BlueGreenDeploymentConfiguration = new CfnDeploymentGroup.BlueGreenDeploymentConfigurationProperty
                {
                    DeploymentReadyOption = new CfnDeploymentGroup.DeploymentReadyOptionProperty
                    {
                        ActionOnTimeout = "CONTINUE_DEPLOYMENT",
                    },
                    // The old servers stay for half an hour, so that a late alarm finds them.
                    TerminateBlueInstancesOnDeploymentSuccess = new CfnDeploymentGroup.BlueInstanceTerminationOptionProperty
                    {
                        Action = "TERMINATE",
                        TerminationWaitTimeInMinutes = 30,
                    },
                },
                AutoRollbackConfiguration = new CfnDeploymentGroup.AutoRollbackConfigurationProperty
                {
                    Enabled = true,
                    Events = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
                },
                AlarmConfiguration = new CfnDeploymentGroup.AlarmConfigurationProperty
                {
                    Enabled = true,
                    Alarms = alarms
                        .OfDeployments.Select(alarm => (object)new CfnDeploymentGroup.AlarmProperty { Name = alarm.AlarmName })
                        .ToArray(),
                },
            }
        );
        group.Node.AddDependency(role, service);
    }

    /// <summary>What AWS's own policy for this allows on everything, here on this service alone where AWS takes resources at all.</summary>
    void AllowDeployments(Role role, Servers servers, FrontDoor door, Alarms alarms)
    {
        var (stack, service) = (Stack.Of(this), servers.Service);
        var sets = $"arn:aws:ecs:{stack.Region}:{stack.Account}:task-set/{service.Cluster.ClusterName}/{service.ServiceName}/*";
        Permissions.Allow(
            role,
            ["ecs:DescribeServices", "ecs:CreateTaskSet", "ecs:UpdateServicePrimaryTaskSet", "ecs:DeleteTaskSet"],
            service.ServiceArn,
            sets
        );
        Permissions.Allow(
            role,
            [
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeRules",
            ],
            "*"
        );
        Permissions.Allow(role, ["elasticloadbalancing:ModifyListener"], door.Listener.ListenerArn, door.Next.ListenerArn);
        Permissions.Allow(role, ["cloudwatch:DescribeAlarms"], [.. alarms.OfDeployments.Select(alarm => alarm.AlarmArn)]);
        role.AddToPolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Actions = ["iam:PassRole"],
                    Resources = [servers.Task.TaskRole.RoleArn, servers.Task.ExecutionRole!.RoleArn],
                    Conditions = new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, string> { ["iam:PassedToService"] = "ecs-tasks.amazonaws.com" },
                    },
                }
            )
        );
    }
}
