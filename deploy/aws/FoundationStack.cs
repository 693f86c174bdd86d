using Amazon.CDK;
using Constructs;

namespace Halley.Deploy;

/// <summary>What lasts: key, network, buckets, database, secrets and image repositories. Nothing here is deleted with the stack.</summary>
sealed class FoundationStack : Stack
{
    public FoundationStack(Construct scope, string id, EnvironmentSettings settings, IStackProps props)
        : base(scope, id, props)
    {
        // Known from the settings, so that nobody asks the account for them.
        Node.SetContext($"availability-zones:account={settings.Account}:region={settings.Region}", settings.Zones.ToArray());
        Key = new EnvironmentKey(this, "Key", settings);
        Network = new Network(this, "Network", settings, Key.Key);
        Buckets = new Buckets(this, "Buckets", settings, Key.Key);
        Database = new Database(this, "Database", settings, Network, Key.Key);
        Secrets = new ServerSecrets(this, "Secrets", settings, Key.Key);
        Images = new Images(this, "Images", Key.Key);
    }

    public EnvironmentKey Key { get; }

    public Network Network { get; }

    public Buckets Buckets { get; }

    public Database Database { get; }

    public ServerSecrets Secrets { get; }

    public Images Images { get; }
}
