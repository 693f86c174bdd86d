using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.RDS;
using Constructs;

namespace Halley.Deploy;

/// <summary>PostgreSQL for releases, decisions and outcomes: two zones, encrypted, backed up, protected from deletion.</summary>
sealed class Database : Construct
{
    const string Name = "halley";

    public Database(Construct scope, string id, EnvironmentSettings settings, Network network, IKey key)
        : base(scope, id)
    {
        var size = settings.Dimensions;
        var engine = DatabaseInstanceEngine.Postgres(
            new PostgresInstanceEngineProps { Version = PostgresEngineVersion.VER_16_4 }
        );
        Instance = new DatabaseInstance(
            this,
            "Instance",
            new DatabaseInstanceProps
            {
                Engine = engine,
                InstanceType = new Amazon.CDK.AWS.EC2.InstanceType(size.DatabaseClass),
                Vpc = network.Vpc,
                VpcSubnets = network.DataSubnets,
                SecurityGroups = [network.Data],
                DatabaseName = Name,
                Credentials = Credentials.FromGeneratedSecret(Name, new CredentialsBaseOptions { EncryptionKey = key }),
                MultiAz = true,
                StorageType = StorageType.GP3,
                AllocatedStorage = size.DatabaseGigabytes,
                MaxAllocatedStorage = size.DatabaseGigabytes * 10,
                StorageEncrypted = true,
                StorageEncryptionKey = key,
                PubliclyAccessible = false,
                BackupRetention = Duration.Days(settings.BackupDays),
                CopyTagsToSnapshot = true,
                DeletionProtection = true,
                RemovalPolicy = RemovalPolicy.RETAIN,
                AutoMinorVersionUpgrade = true,
                // A decision is answered once its record is on disk in both zones; a connection that is not encrypted is refused.
                ParameterGroup = new ParameterGroup(
                    this,
                    "Parameters",
                    new ParameterGroupProps
                    {
                        Engine = engine,
                        Parameters = new Dictionary<string, string>
                        {
                            ["rds.force_ssl"] = "1",
                            ["synchronous_commit"] = "on",
                            // A statement in a log would hold a customer's data.
                            ["log_statement"] = "none",
                            ["log_min_duration_statement"] = "-1",
                            ["log_min_error_statement"] = "panic",
                        },
                    }
                ),
            }
        );
    }

    public DatabaseInstance Instance { get; }

    /// <summary>What HALLEY_DATABASE holds; the password comes apart from it, as PGPASSWORD.</summary>
    public string ConnectionString =>
        $"Host={Instance.DbInstanceEndpointAddress};Port=5432;Database={Name};Username={Name};SSL Mode=Require";

    /// <summary>ARN of the secret that holds the password, under <c>password</c>.</summary>
    public string SecretArn => Instance.Secret!.SecretArn;
}
