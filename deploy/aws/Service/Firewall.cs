using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.WAFv2;
using Constructs;

namespace Halley.Deploy;

/// <summary>The firewall: a limit for each address, and the rules that AWS keeps against known attacks.</summary>
static class Firewall
{
    public static void Add(Construct scope, EnvironmentSettings settings, IKey key, ApplicationLoadBalancer balancer)
    {
        var list = new CfnWebACL(
            scope,
            "Firewall",
            new CfnWebACLProps
            {
                Scope = "REGIONAL",
                DefaultAction = new CfnWebACL.DefaultActionProperty { Allow = new CfnWebACL.AllowActionProperty() },
                VisibilityConfig = Seen("firewall"),
                Rules = new object[]
                {
                    new CfnWebACL.RuleProperty
                    {
                        Name = "rate",
                        Priority = 0,
                        Action = new CfnWebACL.RuleActionProperty { Block = new CfnWebACL.BlockActionProperty() },
                        Statement = new CfnWebACL.StatementProperty
                        {
                            RateBasedStatement = new CfnWebACL.RateBasedStatementProperty
                            {
                                AggregateKeyType = "IP",
                                Limit = settings.RequestsPerAddress,
                            },
                        },
                        VisibilityConfig = Seen("rate"),
                    },
                    // A decision's record may be larger than the 8 kB of this rule, and servers refuse what is too large themselves.
                    Managed("AWSManagedRulesCommonRuleSet", 1, "SizeRestrictions_BODY"),
                    Managed("AWSManagedRulesKnownBadInputsRuleSet", 2),
                    Managed("AWSManagedRulesAmazonIpReputationList", 3),
                },
            }
        );
        _ = new CfnWebACLAssociation(
            scope,
            "FirewallOfBalancer",
            new CfnWebACLAssociationProps { ResourceArn = balancer.LoadBalancerArn, WebAclArn = list.AttrArn }
        );
        // The name's beginning is AWS's rule. Keys and what a caller asks for stay out of the log.
        var log = new LogGroup(scope, "FirewallLog", Retained.Log($"aws-waf-logs-halley-{settings.Name}", key));
        _ = new CfnLoggingConfiguration(
            scope,
            "FirewallLogging",
            new CfnLoggingConfigurationProps
            {
                ResourceArn = list.AttrArn,
                LogDestinationConfigs = [$"arn:aws:logs:{settings.Region}:{settings.Account}:log-group:{log.LogGroupName}"],
                RedactedFields = new object[]
                {
                    Header("authorization"),
                    Header("halley-key"),
                    new CfnLoggingConfiguration.FieldToMatchProperty { QueryString = new Dictionary<string, object>() },
                },
            }
        );
    }

    static CfnLoggingConfiguration.FieldToMatchProperty Header(string name) =>
        new() { SingleHeader = new Dictionary<string, string> { ["Name"] = name } };

    static CfnWebACL.RuleProperty Managed(string name, int priority, params string[] counted) =>
        new()
        {
            Name = name,
            Priority = priority,
            OverrideAction = new CfnWebACL.OverrideActionProperty { None = new Dictionary<string, object>() },
            Statement = new CfnWebACL.StatementProperty
            {
                ManagedRuleGroupStatement = new CfnWebACL.ManagedRuleGroupStatementProperty
                {
                    VendorName = "AWS",
                    Name = name,
                    RuleActionOverrides = counted
                        .Select(rule =>
                            (object)
                                new CfnWebACL.RuleActionOverrideProperty
                                {
                                    Name = rule,
                                    ActionToUse = new CfnWebACL.RuleActionProperty
                                    {
                                        Count = new CfnWebACL.CountActionProperty(),
                                    },
                                }
                        )
                        .ToArray(),
                },
            },
            VisibilityConfig = Seen(name),
        };

    /// <summary>Counted, without samples of requests: these would hold a caller's headers.</summary>
    static CfnWebACL.VisibilityConfigProperty Seen(string name) =>
        new()
        {
            CloudWatchMetricsEnabled = true,
            SampledRequestsEnabled = false,
            MetricName = name,
        };
}
