using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using Constructs;
using LogDriver = Amazon.CDK.AWS.ECS.LogDriver;

namespace Halley.Deploy;

/// <summary>Decision servers on Fargate, each with a collector of its metrics beside it.</summary>
sealed class Servers : Construct
{
    /// <summary>User of the image; not root.</summary>
    const string User = "10001";

    const string Store = "/var/lib/halley";

    public Servers(Construct scope, string id, EnvironmentSettings settings, FoundationStack foundation, ICluster cluster)
        : base(scope, id)
    {
        Log = new LogGroup(this, "Log", Retained.Log($"/halley/{settings.Name}/server", foundation.Key.Key));
        MetricsLog = new LogGroup(this, "MetricsLog", Retained.Log(Collector.LogGroupOf(settings), foundation.Key.Key));
        Task = new FargateTaskDefinition(
            this,
            "Task",
            new FargateTaskDefinitionProps
            {
                Family = $"halley-{settings.Name}",
                Cpu = settings.Dimensions.TaskCpu,
                MemoryLimitMiB = settings.Dimensions.TaskMemory,
                RuntimePlatform = new RuntimePlatform
                {
                    CpuArchitecture = CpuArchitecture.X86_64,
                    OperatingSystemFamily = OperatingSystemFamily.LINUX,
                },
                Volumes = [new Amazon.CDK.AWS.ECS.Volume { Name = "store" }],
            }
        );
        Permissions.Serve(Task.TaskRole, foundation, MetricsLog);
        Permissions.Start(Task.ObtainExecutionRole(), foundation);
        AddServer(settings, foundation);
        Collector.Add(this, Task, settings, foundation, Log);
        Service = new FargateService(
            this,
            "Service",
            new FargateServiceProps
            {
                ServiceName = $"halley-{settings.Name}",
                Cluster = cluster,
                TaskDefinition = Task,
                DesiredCount = settings.Dimensions.MinimumTasks,
                AssignPublicIp = false,
                VpcSubnets = foundation.Network.ServerSubnets,
                SecurityGroups = [foundation.Network.Servers],
                PlatformVersion = FargatePlatformVersion.LATEST,
                HealthCheckGracePeriod = Duration.Seconds(30),
                DeploymentController = new DeploymentController { Type = DeploymentControllerType.CODE_DEPLOY },
            }
        );
    }

    public FargateService Service { get; }

    public FargateTaskDefinition Task { get; }

    public LogGroup Log { get; }

    LogGroup MetricsLog { get; }

    void AddServer(EnvironmentSettings settings, FoundationStack foundation)
    {
        var container = Task.AddContainer(
            "server",
            new ContainerDefinitionOptions
            {
                Image = ContainerImage.FromEcrRepository(foundation.Images.Server, settings.Image),
                Command = [Store, settings.Name, $"http://0.0.0.0:{Network.ServerPort}"],
                Environment = ServerVariables.Plain(settings, foundation),
                Secrets = ServerVariables.Secret(this, foundation),
                User = User,
                ReadonlyRootFilesystem = true,
                Essential = true,
                StopTimeout = Duration.Seconds(60),
                PortMappings = [new PortMapping { ContainerPort = Network.ServerPort }],
                Logging = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = Log, StreamPrefix = "server" }),
            }
        );
        container.AddMountPoints(
            new MountPoint
            {
                SourceVolume = "store",
                ContainerPath = Store,
                ReadOnly = false,
            }
        );
    }
}
