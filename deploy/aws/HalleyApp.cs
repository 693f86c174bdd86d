using Amazon.CDK;
using Constructs;

namespace Halley.Deploy;

/// <summary>Every environment from one definition: two stacks each, what lasts and what is deployed anew.</summary>
public static class HalleyApp
{
    /// <summary>Adds the stacks <c>halley-NAME-foundation</c> and <c>halley-NAME-service</c> of each environment.</summary>
    public static void Add(Construct app, IReadOnlyList<EnvironmentSettings> environments)
    {
        // Access logs are let in by the bucket's policy; the older way, by its list of grants, opens it wider.
        app.Node.SetContext("@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true);
        foreach (var settings in environments)
        {
            var foundation = new FoundationStack(app, $"halley-{settings.Name}-foundation", settings, Props(settings));
            var service = new ServiceStack(app, $"halley-{settings.Name}-service", settings, foundation, Props(settings));
            service.AddDependency(foundation);
        }
    }

    static StackProps Props(EnvironmentSettings settings) =>
        new()
        {
            Env = new Amazon.CDK.Environment { Account = settings.Account, Region = settings.Region },
            TerminationProtection = true,
            Tags = new Dictionary<string, string> { ["product"] = "halley", ["environment"] = settings.Name },
        };
}
