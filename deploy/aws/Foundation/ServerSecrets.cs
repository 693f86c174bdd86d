using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace Halley.Deploy;

/// <summary>Secrets whose values are put in by hand once, before the first server starts: a template never holds them.</summary>
sealed class ServerSecrets : Construct
{
    public ServerSecrets(Construct scope, string id, EnvironmentSettings settings, IKey key)
        : base(scope, id)
    {
        SigningKeyArn = Add("SigningKey", "The PEM that signs releases and heads of the log.");
        DataKeyArn = Add("DataKey", "The key that encrypts personal parts of the log: 32 bytes in Base64.");
        MetricsKeyArn = Add(
            "MetricsKey",
            "A key of the role viewer ('halley key create'), by which the collector reads /metrics."
        );

        string Add(string name, string description)
        {
            var secret = new CfnSecret(
                this,
                name,
                new CfnSecretProps
                {
                    Name = $"halley/{settings.Name}/{name}",
                    Description = description,
                    KmsKeyId = key.KeyArn,
                }
            );
            secret.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
            return secret.Ref;
        }
    }

    public string SigningKeyArn { get; }

    public string DataKeyArn { get; }

    public string MetricsKeyArn { get; }
}
