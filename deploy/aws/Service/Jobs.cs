using Amazon.CDK;
using Amazon.CDK.AWS.Batch;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Constructs;
using BatchSecret = Amazon.CDK.AWS.Batch.Secret;
using LogDriver = Amazon.CDK.AWS.ECS.LogDriver;

namespace Halley.Deploy;

/// <summary>Fits, replays, batch decisions and optimisations on AWS Batch: machines are there while a job runs, and cost nothing else.</summary>
sealed class Jobs : Construct
{
    /// <summary>Each job: its verb, virtual CPUs, and memory in GiB.</summary>
    static readonly (string Verb, int Cpus, int Gibibytes)[] Kinds =
    [
        ("fit", 8, 32),
        ("replay", 4, 16),
        ("batch", 4, 16),
        ("optimise", 8, 32),
    ];

    public Jobs(Construct scope, string id, EnvironmentSettings settings, FoundationStack foundation)
        : base(scope, id)
    {
        var machines = new FargateComputeEnvironment(
            this,
            "Machines",
            new FargateComputeEnvironmentProps
            {
                Vpc = foundation.Network.Vpc,
                VpcSubnets = foundation.Network.ServerSubnets,
                SecurityGroups = [foundation.Network.Jobs],
                MaxvCpus = settings.Dimensions.JobCpus,
            }
        );
        _ = new JobQueue(
            this,
            "Queue",
            new JobQueueProps
            {
                JobQueueName = $"halley-{settings.Name}",
                ComputeEnvironments = [new OrderedComputeEnvironment { ComputeEnvironment = machines, Order = 1 }],
            }
        );
        var log = new LogGroup(this, "Log", Retained.Log($"/halley/{settings.Name}/jobs", foundation.Key.Key));
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com") });
        Permissions.Store(role, foundation);
        var starter = new Role(this, "Starter", new RoleProps { AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com") });
        Permissions.Start(starter, foundation);
        foreach (var (verb, cpus, gibibytes) in Kinds)
            Add(verb, cpus, gibibytes, (role, starter, log), settings, foundation);
    }

    void Add(
        string verb,
        int cpus,
        int gibibytes,
        (IRole Job, IRole Starter, ILogGroup Log) shared,
        EnvironmentSettings settings,
        FoundationStack foundation
    )
    {
        var container = new EcsFargateContainerDefinition(
            this,
            $"{verb}Container",
            new EcsFargateContainerDefinitionProps
            {
                Image = ContainerImage.FromEcrRepository(foundation.Images.Jobs, settings.Image),
                // Whoever submits a job says the rest: its arguments take the place of these.
                Command = [verb, "--help"],
                Cpu = cpus,
                Memory = Size.Gibibytes(gibibytes),
                EphemeralStorageSize = Size.Gibibytes(100),
                JobRole = shared.Job,
                ExecutionRole = shared.Starter,
                AssignPublicIp = false,
                User = "10001",
                Environment = ServerVariables.Plain(settings, foundation),
                Secrets = ServerVariables
                    .Arns(foundation)
                    .ToDictionary(
                        one => one.Name,
                        one => BatchSecret.FromSecretsManager(ServerVariables.Of(this, $"{verb}{one.Name}", one.Arn), one.Field)
                    ),
                Logging = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = shared.Log, StreamPrefix = verb }),
            }
        );
        _ = new EcsJobDefinition(
            this,
            verb,
            new EcsJobDefinitionProps
            {
                JobDefinitionName = $"halley-{settings.Name}-{verb}",
                Container = container,
                RetryAttempts = 2,
                Timeout = Duration.Hours(12),
            }
        );
    }
}
