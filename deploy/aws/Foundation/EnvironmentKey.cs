using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Halley.Deploy;

/// <summary>The one key that encrypts an environment's data: database, buckets, secrets, logs, images and alarms.</summary>
sealed class EnvironmentKey : Construct
{
    public EnvironmentKey(Construct scope, string id, EnvironmentSettings settings)
        : base(scope, id)
    {
        Key = new Key(
            this,
            "Key",
            new KeyProps
            {
                Alias = $"alias/halley-{settings.Name}",
                EnableKeyRotation = true,
                RemovalPolicy = RemovalPolicy.RETAIN,
            }
        );
        // Logs encrypt by their service, for log groups of this account alone.
        Key.AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Principals = [new ServicePrincipal($"logs.{settings.Region}.amazonaws.com")],
                    Actions =
                    [
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo",
                        "kms:GenerateDataKey",
                        "kms:DescribeKey",
                    ],
                    Resources = ["*"],
                    Conditions = new Dictionary<string, object>
                    {
                        ["ArnLike"] = new Dictionary<string, string>
                        {
                            ["kms:EncryptionContext:aws:logs:arn"] =
                                $"arn:aws:logs:{settings.Region}:{settings.Account}:log-group:*",
                        },
                    },
                }
            )
        );
        // Alarms are told through an encrypted topic.
        Key.AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
                    Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                    Resources = ["*"],
                    Conditions = new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, string> { ["aws:SourceAccount"] = settings.Account },
                    },
                }
            )
        );
    }

    public Key Key { get; }
}
