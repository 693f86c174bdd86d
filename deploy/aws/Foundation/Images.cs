using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Halley.Deploy;

/// <summary>Repositories of the images that run here; a tag once pushed never changes.</summary>
sealed class Images : Construct
{
    public Images(Construct scope, string id, IKey key)
        : base(scope, id)
    {
        Server = Add("Server", "halley/server");
        Jobs = Add("Jobs", "halley/jobs");
        Collector = Add("Collector", "halley/collector");

        Repository Add(string name, string path) =>
            new(
                this,
                name,
                new RepositoryProps
                {
                    RepositoryName = path,
                    ImageTagMutability = TagMutability.IMMUTABLE,
                    ImageScanOnPush = true,
                    Encryption = RepositoryEncryption.KMS,
                    EncryptionKey = key,
                    RemovalPolicy = RemovalPolicy.RETAIN,
                }
            );
    }

    /// <summary>The decision server.</summary>
    public Repository Server { get; }

    /// <summary>The whole command with a project in <c>/project</c>.</summary>
    public Repository Jobs { get; }

    /// <summary>The collector of OpenTelemetry, copied from AWS's own repository: servers reach no other.</summary>
    public Repository Collector { get; }
}
