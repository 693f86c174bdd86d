using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;

namespace Halley.Deploy;

/// <summary>What roles may do, each action and each resource by name.</summary>
static class Permissions
{
    /// <summary>A server: reads and adds artefacts and heads, and its collector writes metrics. It can delete nothing.</summary>
    public static void Serve(IRole role, FoundationStack foundation, ILogGroup metrics)
    {
        Store(role, foundation);
        Allow(role, ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], metrics.LogGroupArn);
    }

    /// <summary>Reads and adds artefacts and heads.</summary>
    public static void Store(IRole role, FoundationStack foundation)
    {
        var buckets = foundation.Buckets;
        Allow(
            role,
            ["s3:GetObject", "s3:PutObject"],
            buckets.Artefacts.ArnForObjects("artefacts/*"),
            buckets.Heads.ArnForObjects("heads/*")
        );
        Allow(role, ["s3:ListBucket"], buckets.Artefacts.BucketArn, buckets.Heads.BucketArn);
        Allow(role, ["kms:Decrypt", "kms:GenerateDataKey"], foundation.Key.Key.KeyArn);
    }

    /// <summary>What starts a container: decrypts the secrets that it puts in.</summary>
    public static void Start(IRole role, FoundationStack foundation) => Allow(role, ["kms:Decrypt"], foundation.Key.Key.KeyArn);

    public static void Allow(IRole role, string[] actions, params string[] resources) =>
        role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources }));
}
