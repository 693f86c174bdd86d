using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;

namespace Halley.Deploy;

/// <summary>Logs, all in one way: encrypted, kept for a time that is set, and not deleted with their stack.</summary>
static class Retained
{
    public static LogGroupProps Log(string name, IKey key) =>
        new()
        {
            LogGroupName = name,
            EncryptionKey = key,
            Retention = RetentionDays.THREE_MONTHS,
            RemovalPolicy = RemovalPolicy.RETAIN,
        };
}
