using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Halley.Deploy;

/// <summary>Public subnets for the load balancer alone; servers, jobs and database in subnets that no route joins to the internet.</summary>
/// <remarks>What servers need of AWS they reach through endpoints inside the network, so that there is no NAT gateway either.</remarks>
sealed class Network : Construct
{
    /// <summary>Port that servers listen on.</summary>
    public const int ServerPort = 5480;

    public Network(Construct scope, string id, EnvironmentSettings settings, IKey key)
        : base(scope, id)
    {
        Vpc = new Vpc(
            this,
            "Vpc",
            new VpcProps
            {
                IpAddresses = IpAddresses.Cidr("10.40.0.0/16"),
                AvailabilityZones = [.. settings.Zones],
                NatGateways = 0,
                SubnetConfiguration =
                [
                    new SubnetConfiguration
                    {
                        Name = "balancer",
                        SubnetType = SubnetType.PUBLIC,
                        CidrMask = 24,
                        MapPublicIpOnLaunch = false,
                    },
                    new SubnetConfiguration
                    {
                        Name = "servers",
                        SubnetType = SubnetType.PRIVATE_ISOLATED,
                        CidrMask = 20,
                    },
                    new SubnetConfiguration
                    {
                        Name = "data",
                        SubnetType = SubnetType.PRIVATE_ISOLATED,
                        CidrMask = 24,
                    },
                ],
            }
        );
        var log = new LogGroup(this, "FlowLog", Retained.Log($"/halley/{settings.Name}/network", key));
        Vpc.AddFlowLog("Flow", new FlowLogOptions { Destination = FlowLogDestination.ToCloudWatchLogs(log) });
        Balancer = Group("Balancer", "The load balancer: the only one that the internet reaches.");
        Servers = Group("Servers", "Decision servers.");
        Jobs = Group("Jobs", "Batch jobs.");
        Data = Group("Data", "The database.");
        Endpoints = Group("Endpoints", "Addresses of AWS services inside the network.");
        Balancer.AddIngressRule(Peer.AnyIpv4(), Port.Tcp(443), "callers, by TLS");
        Join(Balancer, Servers, ServerPort);
        var s3 = S3ListOf(settings);
        foreach (var client in new[] { Servers, Jobs })
        {
            Join(client, Data, 5432);
            Join(client, Endpoints, 443);
            client.AddEgressRule(Peer.PrefixList(s3), Port.Tcp(443), "S3 through its gateway");
        }
        AddEndpoints();
    }

    public Vpc Vpc { get; }

    public SecurityGroup Balancer { get; }

    public SecurityGroup Servers { get; }

    public SecurityGroup Jobs { get; }

    public SecurityGroup Data { get; }

    SecurityGroup Endpoints { get; }

    public SubnetSelection ServerSubnets { get; } = new() { SubnetGroupName = "servers" };

    public SubnetSelection DataSubnets { get; } = new() { SubnetGroupName = "data" };

    SecurityGroup Group(string id, string description) =>
        new(
            this,
            id,
            new SecurityGroupProps
            {
                Vpc = Vpc,
                Description = description,
                AllowAllOutbound = false,
            }
        );

    static void Join(SecurityGroup from, SecurityGroup to, int port)
    {
        from.AddEgressRule(to, Port.Tcp(port));
        to.AddIngressRule(from, Port.Tcp(port));
    }

    void AddEndpoints()
    {
        Vpc.AddGatewayEndpoint("S3", new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 });
        (string Id, InterfaceVpcEndpointAwsService Service)[] services =
        [
            ("Registry", InterfaceVpcEndpointAwsService.ECR),
            ("Images", InterfaceVpcEndpointAwsService.ECR_DOCKER),
            ("Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS),
            ("SecretsManager", InterfaceVpcEndpointAwsService.SECRETS_MANAGER),
        ];
        foreach (var (id, service) in services)
            Vpc.AddInterfaceEndpoint(
                id,
                new InterfaceVpcEndpointOptions
                {
                    Service = service,
                    Subnets = ServerSubnets,
                    SecurityGroups = [Endpoints],
                    Open = false,
                }
            );
    }

    /// <summary>The managed list of S3's addresses in a region, which a template can't look up offline: CloudFormation does.</summary>
    string S3ListOf(EnvironmentSettings settings) =>
        new CfnParameter(
            Stack.Of(this),
            "S3PrefixList",
            new CfnParameterProps
            {
                Type = "String",
                AllowedPattern = "^pl-[0-9a-f]+$",
                Description =
                    $"aws ec2 describe-managed-prefix-lists --region {settings.Region} --filters Name=prefix-list-name,Values=com.amazonaws.{settings.Region}.s3",
            }
        ).ValueAsString;
}
