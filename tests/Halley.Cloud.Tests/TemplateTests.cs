using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Halley.Cloud.Tests;

/// <summary>What the templates for AWS promise: asserted on every resource that they hold, of both environments.</summary>
public sealed class TemplateTests : IClassFixture<Synthesised>
{
    readonly Synthesised app;

    public TemplateTests(Synthesised app)
    {
        Tool.Require("node", "nodejs");
        this.app = app;
    }

    [Fact]
    public void Both_environments_come_from_one_definition()
    {
        Assert.Equal(
            ["halley-production-foundation", "halley-production-service", "halley-staging-foundation", "halley-staging-service"],
            app.Templates.Keys.Order()
        );
        // A name ends with a hash of its place, and a rule's name holds those of its ends.
        string[] Types(string environment) =>
            [
                .. app.Resources(environment)
                    .Select(one =>
                        $"{Regex.Replace(one.Name, "[0-9A-F]{8,}", "").Replace(environment, "", StringComparison.Ordinal)} {one.Resource["Type"]}"
                    )
                    .Order(),
            ];
        var (staging, production) = (Types("staging"), Types("production"));
        Assert.True(staging.Length > 100, $"only {staging.Length} resources");
        // The topic of production has a subscriber; all else is the same.
        Assert.Empty(staging.Except(production));
        Assert.All(production.Except(staging), one => Assert.EndsWith("AWS::SNS::Subscription", one, StringComparison.Ordinal));
        Assert.Contains("aws://111111111111/eu-central-1", app.Manifest, StringComparison.Ordinal);
        Assert.Contains("aws://222222222222/eu-central-1", app.Manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("\"missing\"", app.Manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_keeps_data_is_encrypted()
    {
        Each("AWS::S3::Bucket", 6, bucket => Assert.NotNull(bucket["BucketEncryption"]));
        Each(
            "AWS::RDS::DBInstance",
            2,
            database =>
            {
                Assert.True((bool)database["StorageEncrypted"]!);
                Assert.NotNull(database["KmsKeyId"]);
            }
        );
        Each("AWS::RDS::DBParameterGroup", 2, group => Assert.Equal("1", (string)group["Parameters"]!["rds.force_ssl"]!));
        Each("AWS::Logs::LogGroup", 10, group => Assert.NotNull(group["KmsKeyId"]));
        Each("AWS::SecretsManager::Secret", 8, secret => Assert.NotNull(secret["KmsKeyId"]));
        Each("AWS::SNS::Topic", 2, topic => Assert.NotNull(topic["KmsMasterKeyId"]));
        Each(
            "AWS::ECR::Repository",
            6,
            images =>
            {
                Assert.Equal("KMS", (string)images["EncryptionConfiguration"]!["EncryptionType"]!);
                Assert.Equal("IMMUTABLE", (string)images["ImageTagMutability"]!);
            }
        );
        Each("AWS::KMS::Key", 2, key => Assert.True((bool)key["EnableKeyRotation"]!));
        // By TLS alone: the listener, and what buckets and topic answer.
        Each(
            "AWS::ElasticLoadBalancingV2::Listener",
            4,
            listener =>
            {
                Assert.Equal("HTTPS", (string)listener["Protocol"]!);
                Assert.StartsWith("ELBSecurityPolicy-TLS13", (string)listener["SslPolicy"]!, StringComparison.Ordinal);
            }
        );
        Each(
            "AWS::S3::BucketPolicy",
            6,
            policy => Assert.Contains("\"aws:SecureTransport\":\"false\"", policy.ToJsonString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Artefacts_and_heads_are_versioned_and_locked()
    {
        var locked = app.All("AWS::S3::Bucket").Where(one => one.Properties["ObjectLockEnabled"] is not null).ToList();
        Assert.Equal(4, locked.Count);
        foreach (var (_, _, bucket) in locked)
        {
            Assert.Equal("Enabled", (string)bucket["VersioningConfiguration"]!["Status"]!);
            Assert.Equal(365, (int)bucket["ObjectLockConfiguration"]!["Rule"]!["DefaultRetention"]!["Days"]!);
        }
        Assert.Equal(
            ["COMPLIANCE", "COMPLIANCE", "GOVERNANCE", "GOVERNANCE"],
            locked
                .Select(one => (string)one.Properties["ObjectLockConfiguration"]!["Rule"]!["DefaultRetention"]!["Mode"]!)
                .Order()
        );
    }

    [Fact]
    public void Nothing_but_the_load_balancer_is_public()
    {
        Each(
            "AWS::S3::Bucket",
            6,
            bucket =>
                Assert.All(
                    ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"],
                    name => Assert.True((bool)bucket["PublicAccessBlockConfiguration"]![name]!)
                )
        );
        Each("AWS::RDS::DBInstance", 2, database => Assert.False((bool)database["PubliclyAccessible"]!));
        Each("AWS::EC2::Subnet", 12, subnet => Assert.False((bool)subnet["MapPublicIpOnLaunch"]!));
        Each(
            "AWS::ECS::Service",
            2,
            service =>
                Assert.Equal("DISABLED", (string)service["NetworkConfiguration"]!["AwsvpcConfiguration"]!["AssignPublicIp"]!)
        );
        Assert.Empty(app.All("AWS::EC2::NatGateway"));
        // The only way in from everywhere is the balancer's port of TLS.
        var open = app.All("AWS::EC2::SecurityGroup")
            .SelectMany(group =>
                (group.Properties["SecurityGroupIngress"] as JsonArray ?? []).Select(rule => (group.Name, Rule: rule!))
            )
            .Concat(app.All("AWS::EC2::SecurityGroupIngress").Select(rule => (rule.Name, Rule: (JsonNode)rule.Properties)))
            .Where(one => one.Rule["CidrIp"] is not null || one.Rule["CidrIpv6"] is not null)
            .ToList();
        Assert.Equal(2, open.Count);
        Assert.All(
            open,
            one =>
            {
                Assert.StartsWith("NetworkBalancer", one.Name, StringComparison.Ordinal);
                Assert.Equal(443, (int)one.Rule["FromPort"]!);
                Assert.Equal(443, (int)one.Rule["ToPort"]!);
            }
        );
        // Routes to the internet: of the public subnets alone, where nothing but the balancer is.
        Assert.All(
            app.All("AWS::EC2::Route").Where(route => route.Properties["GatewayId"] is not null),
            route => Assert.Contains("balancerSubnet", route.Name, StringComparison.Ordinal)
        );
        var jobs = app.All("AWS::Batch::JobDefinition").ToList();
        Assert.Equal(8, jobs.Count);
        Assert.All(
            jobs,
            job =>
                Assert.Equal(
                    "DISABLED",
                    (string)job.Properties["ContainerProperties"]!["NetworkConfiguration"]!["AssignPublicIp"]!
                )
        );
    }

    [Fact]
    public void No_role_may_do_everything_or_everywhere()
    {
        // What AWS allows on no narrower resource.
        string[] everywhere =
        [
            "ecr:GetAuthorizationToken",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeRules",
        ];
        var statements = app.All("AWS::IAM::Policy")
            .Select(policy => policy.Properties["PolicyDocument"]!)
            .Concat(
                app.All("AWS::IAM::Role")
                    .SelectMany(role => role.Properties["Policies"] as JsonArray ?? [])
                    .Select(policy => policy!["PolicyDocument"]!)
            )
            .SelectMany(document => document["Statement"]!.AsArray())
            .ToList();
        Assert.True(statements.Count > 20, $"only {statements.Count} statements");
        foreach (var statement in statements)
        {
            var actions = Texts(statement!["Action"]!);
            Assert.DoesNotContain(actions, action => action.Contains('*', StringComparison.Ordinal));
            if (Texts(statement["Resource"]!).Contains("*"))
                Assert.Empty(actions.Except(everywhere));
        }
        // AWS's own policies allow more than is needed: no role has one.
        Assert.All(app.All("AWS::IAM::Role"), role => Assert.Null(role.Properties["ManagedPolicyArns"]));
        // A server and a job can delete nothing.
        Assert.DoesNotContain(
            statements,
            statement =>
                Texts(statement!["Action"]!)
                    .Any(action =>
                        action.Contains("Delete", StringComparison.Ordinal)
                        && !action.StartsWith("ecs:DeleteTaskSet", StringComparison.Ordinal)
                    )
        );
    }

    [Fact]
    public void Logs_are_kept_for_a_time_and_hold_no_keys()
    {
        Each("AWS::Logs::LogGroup", 10, group => Assert.Equal(90, (int)group["RetentionInDays"]!));
        Each(
            "AWS::WAFv2::LoggingConfiguration",
            2,
            logging =>
            {
                var text = logging["RedactedFields"]!.ToJsonString();
                Assert.All(
                    ["authorization", "halley-key", "QueryString"],
                    field => Assert.Contains(field, text, StringComparison.Ordinal)
                );
            }
        );
        Each("AWS::RDS::DBParameterGroup", 2, group => Assert.Equal("none", (string)group["Parameters"]!["log_statement"]!));
        // Every container that logs does so into a group of ours.
        foreach (
            var container in app.All("AWS::ECS::TaskDefinition")
                .SelectMany(task => task.Properties["ContainerDefinitions"]!.AsArray())
        )
            Assert.NotNull(container!["LogConfiguration"]!["Options"]!["awslogs-group"]!["Ref"]);
    }

    [Fact]
    public void The_database_outlives_a_zone_a_mistake_and_its_stack()
    {
        foreach (var (environment, days) in new[] { ("staging", 7), ("production", 35) })
        {
            var (_, _, database) = app.All("AWS::RDS::DBInstance", environment).Single();
            Assert.True((bool)database["MultiAZ"]!);
            Assert.True((bool)database["DeletionProtection"]!);
            Assert.Equal(days, (int)database["BackupRetentionPeriod"]!);
        }
        string[] lasting =
        [
            "AWS::RDS::DBInstance",
            "AWS::S3::Bucket",
            "AWS::KMS::Key",
            "AWS::ECR::Repository",
            "AWS::Logs::LogGroup",
        ];
        Assert.All(
            app.Resources().Where(one => lasting.Contains((string)one.Resource["Type"]!)),
            one => Assert.Equal("Retain", (string)one.Resource["DeletionPolicy"]!)
        );
    }

    [Fact]
    public void A_deployment_goes_back_by_itself_where_an_alarm_rings()
    {
        foreach (var (stack, _, group) in app.All("AWS::CodeDeploy::DeploymentGroup"))
        {
            Assert.Equal("BLUE_GREEN", (string)group["DeploymentStyle"]!["DeploymentType"]!);
            Assert.Contains("DEPLOYMENT_STOP_ON_ALARM", Texts(group["AutoRollbackConfiguration"]!["Events"]!));
            var alarms = group["AlarmConfiguration"]!["Alarms"]!
                .AsArray()
                .Select(alarm => (string)alarm!["Name"]!["Ref"]!)
                .ToList();
            Assert.Equal(3, alarms.Count);
            var known = app.Templates[stack]["Resources"]!.AsObject();
            Assert.All(alarms, name => Assert.Equal("AWS::CloudWatch::Alarm", (string)known[name]!["Type"]!));
        }
        Each("AWS::ECS::Service", 2, service => Assert.Equal("CODE_DEPLOY", (string)service["DeploymentController"]!["Type"]!));
    }

    [Fact]
    public void Alarms_tell_latency_errors_fallbacks_shadows_and_drift()
    {
        var alarms = app.All("AWS::CloudWatch::Alarm", "production").ToDictionary(one => one.Name, one => one.Properties);
        foreach (
            var name in new[]
            {
                "Latency",
                "Errors",
                "Unanswered",
                "Fallbacks",
                "ShadowBacklog",
                "Drift",
                "DatabaseCpu",
                "DatabaseStorage",
            }
        )
        {
            var alarm = Assert.Single(alarms, one => one.Key.StartsWith("Alarms" + name, StringComparison.Ordinal)).Value;
            Assert.NotEmpty(alarm["AlarmActions"]!.AsArray());
        }
        // What they look at is what the server measures.
        var server = string.Join(
            "\n",
            Directory
                .GetFiles(Path.Combine(ProjectRoot.Path, "src", "Halley.Server"), "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                )
                .Select(File.ReadAllText)
        );
        var all = string.Join("\n", app.Templates.Values.Select(template => template.ToJsonString()));
        var own = System
            .Text.RegularExpressions.Regex.Matches(all, "halley_[a-z_]+(?=[\"\\\\])")
            .Select(match => match.Value)
            .Distinct()
            .ToList();
        Assert.True(own.Count >= 6, string.Join(", ", own));
        foreach (var name in own)
        {
            var stem = name.EndsWith("_total", StringComparison.Ordinal) ? name[..^6] : name;
            var written = System
                .Text.RegularExpressions.Regex.Matches(server, "\"(halley\\.[a-z_.]+)\"")
                .Select(match => match.Groups[1].Value.Replace('.', '_'));
            Assert.Contains(stem, written);
        }
    }

    [Fact]
    public void Servers_scale_by_requests_and_by_cpu_and_run_as_no_root()
    {
        var metrics = app.All("AWS::ApplicationAutoScaling::ScalingPolicy", "production")
            .Select(one =>
                (string)
                    one.Properties["TargetTrackingScalingPolicyConfiguration"]!["PredefinedMetricSpecification"]![
                        "PredefinedMetricType"
                    ]!
            );
        Assert.Equal(
            ["ALBRequestCountPerTarget", "ALBRequestCountPerTarget", "ECSServiceAverageCPUUtilization"],
            metrics.Order()
        );
        foreach (var (_, _, task) in app.All("AWS::ECS::TaskDefinition"))
        {
            var server = task["ContainerDefinitions"]!.AsArray().Single(one => (string)one!["Name"]! == "server")!;
            Assert.Equal("10001", (string)server["User"]!);
            Assert.True((bool)server["ReadonlyRootFilesystem"]!);
            Assert.Equal(
                ["HALLEY_DATA_KEY", "HALLEY_SIGNING_KEY", "PGPASSWORD"],
                server["Secrets"]!.AsArray().Select(one => (string)one!["Name"]!).Order()
            );
            // A secret's value is in no template.
            Assert.DoesNotContain("Password=", server["Environment"]!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_firewall_limits_each_address() =>
        Each(
            "AWS::WAFv2::WebACL",
            2,
            list =>
            {
                var limit = list["Rules"]!.AsArray().Single(rule => (string)rule!["Name"]! == "rate")!;
                Assert.Equal(3_000, (int)limit["Statement"]!["RateBasedStatement"]!["Limit"]!);
                Assert.NotNull(limit["Action"]!["Block"]);
            }
        );

    [Fact]
    public void Jobs_fit_replay_decide_in_batch_and_optimise()
    {
        var names = app.All("AWS::Batch::JobDefinition", "staging").Select(one => (string)one.Properties["JobDefinitionName"]!);
        Assert.Equal(
            ["halley-staging-batch", "halley-staging-fit", "halley-staging-optimise", "halley-staging-replay"],
            names.Order()
        );
        Assert.All(
            app.All("AWS::Batch::ComputeEnvironment"),
            one => Assert.Equal("FARGATE", (string)one.Properties["ComputeResources"]!["Type"]!)
        );
    }

    void Each(string type, int count, Action<JsonObject> assert)
    {
        var all = app.All(type).ToList();
        Assert.True(
            all.Count == count,
            $"{type}: {all.Count} in place of {count}: {string.Join(", ", all.Select(one => one.Name))}"
        );
        Assert.All(all, one => assert(one.Properties));
    }

    /// <summary>A text, or a list of texts; what CloudFormation computes counts as its JSON.</summary>
    static List<string> Texts(JsonNode node) => node is JsonArray list ? [.. list.Select(one => Text(one!))] : [Text(node)];

    static string Text(JsonNode node) => node is JsonValue value ? value.ToString() : node.ToJsonString();
}
