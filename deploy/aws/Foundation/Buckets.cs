using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Halley.Deploy;

/// <summary>Artefacts, and apart from them the signed heads of the log; both versioned and locked against deletion. And what the balancer logs.</summary>
sealed class Buckets : Construct
{
    public Buckets(Construct scope, string id, EnvironmentSettings settings, IKey key)
        : base(scope, id)
    {
        Access = new Bucket(
            this,
            "Access",
            new BucketProps
            {
                // What delivers access logs can't use a key of ours.
                Encryption = BucketEncryption.S3_MANAGED,
                BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
                ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
                EnforceSSL = true,
                Versioned = true,
                LifecycleRules =
                [
                    new LifecycleRule { Expiration = Duration.Days(90), NoncurrentVersionExpiration = Duration.Days(1) },
                ],
                RemovalPolicy = RemovalPolicy.RETAIN,
            }
        );
        Access.AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Principals = [new ServicePrincipal("logdelivery.elasticloadbalancing.amazonaws.com")],
                    Actions = ["s3:PutObject"],
                    Resources = [Access.ArnForObjects($"balancer/AWSLogs/{settings.Account}/*")],
                }
            )
        );
        var days = Duration.Days(settings.LockDays);
        Artefacts = Locked("Artefacts", key, ObjectLockRetention.Governance(days));
        // Nobody, the account's own administrator included, can shorten the time of a head: it is what proves the log.
        Heads = Locked("Heads", key, ObjectLockRetention.Compliance(days));
    }

    public Bucket Access { get; }

    public Bucket Artefacts { get; }

    public Bucket Heads { get; }

    Bucket Locked(string id, IKey key, ObjectLockRetention retention) =>
        new(
            this,
            id,
            new BucketProps
            {
                Encryption = BucketEncryption.KMS,
                EncryptionKey = key,
                BucketKeyEnabled = true,
                BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
                ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
                EnforceSSL = true,
                MinimumTLSVersion = 1.2,
                Versioned = true,
                ObjectLockEnabled = true,
                ObjectLockDefaultRetention = retention,
                ServerAccessLogsBucket = Access,
                ServerAccessLogsPrefix = $"s3/{id}/",
                RemovalPolicy = RemovalPolicy.RETAIN,
            }
        );
}
