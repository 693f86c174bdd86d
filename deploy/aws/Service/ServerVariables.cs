using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using EcsSecret = Amazon.CDK.AWS.ECS.Secret;

namespace Halley.Deploy;

/// <summary>The environment variables of servers and jobs, the same as on one machine.</summary>
static class ServerVariables
{
    public static Dictionary<string, string> Plain(EnvironmentSettings settings, FoundationStack foundation) =>
        new()
        {
            ["HALLEY_DATABASE"] = foundation.Database.ConnectionString,
            ["HALLEY_ARTEFACTS"] = $"s3://{foundation.Buckets.Artefacts.BucketName}/artefacts?region={settings.Region}",
            ["HALLEY_HEADS"] = $"s3://{foundation.Buckets.Heads.BucketName}/heads?region={settings.Region}",
            ["HALLEY_REQUIRE_KEYS"] = "1",
        };

    /// <summary>Variables whose values are secrets: name, the secret's ARN, and the field within it, null for the whole.</summary>
    public static IReadOnlyList<(string Name, string Arn, string? Field)> Arns(FoundationStack foundation) =>
        [
            ("PGPASSWORD", foundation.Database.SecretArn, "password"),
            ("HALLEY_SIGNING_KEY", foundation.Secrets.SigningKeyArn, null),
            ("HALLEY_DATA_KEY", foundation.Secrets.DataKeyArn, null),
        ];

    public static Dictionary<string, EcsSecret> Secret(Construct scope, FoundationStack foundation) =>
        Arns(foundation)
            .ToDictionary(one => one.Name, one => EcsSecret.FromSecretsManager(Of(scope, one.Name, one.Arn), one.Field));

    /// <summary>A secret by its ARN alone: what may read it is said in <see cref="Permissions"/>, and the key's policy stays in its stack.</summary>
    public static ISecret Of(Construct scope, string id, string arn) =>
        Amazon.CDK.AWS.SecretsManager.Secret.FromSecretAttributes(scope, id, new SecretAttributes { SecretCompleteArn = arn });
}
