namespace Halley.Registry;

/// <summary>A key pair of AWS, or of a store that speaks S3.</summary>
/// <param name="Token">Of temporary credentials; null for lasting ones.</param>
/// <param name="Expires">When temporary credentials end; null where they do not.</param>
public sealed record AwsCredentials(string AccessKey, string SecretKey, string? Token = null, DateTimeOffset? Expires = null)
{
    /// <summary>Names the access key and never the secret.</summary>
    public override string ToString() => $"access key {AccessKey}";
}
