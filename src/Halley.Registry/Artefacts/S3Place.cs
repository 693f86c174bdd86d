using Halley.Data;

namespace Halley.Registry;

/// <summary>A bucket and the front part of its keys, written <c>s3://bucket/prefix</c>.</summary>
/// <param name="Prefix">Empty, or ends in a slash.</param>
/// <param name="Endpoint">Another store that speaks S3, by its address; null for AWS.</param>
public sealed record S3Place(string Bucket, string Prefix, string Region, Uri? Endpoint)
{
    const string Scheme = "s3://";

    /// <summary>Whether a place is meant for this class and not for a folder.</summary>
    public static bool IsS3(string place) => place.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>s3://bucket/prefix?region=eu-central-1&amp;endpoint=http://host:port</c>; the region may come from AWS_REGION.</summary>
    /// <exception cref="HalleyException">HLY5122: not of that form.</exception>
    public static S3Place Parse(string place, Func<string, string?> variable)
    {
        if (!IsS3(place))
            throw Bad(place, "it does not begin with s3://");
        var (path, query) = Split(place[Scheme.Length..], '?');
        var (bucket, prefix) = Split(path, '/');
        if (bucket.Length == 0)
            throw Bad(place, "it names no bucket");
        var (region, endpoint) = (variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION"), (Uri?)null);
        foreach (var setting in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(setting, '=');
            if (name == "region")
                region = value;
            else if (name != "endpoint")
                throw Bad(place, $"'{name}' is no setting");
            else if (!Uri.TryCreate(Uri.UnescapeDataString(value), UriKind.Absolute, out endpoint))
                throw Bad(place, $"'{value}' is no address");
        }
        if (string.IsNullOrEmpty(region))
            region = endpoint is not null ? "us-east-1" : throw Bad(place, "no region is known; add ?region=… or set AWS_REGION");
        prefix = prefix.Trim('/');
        return new(bucket, prefix.Length == 0 ? "" : prefix + "/", region, endpoint);
    }

    /// <summary>The address of a key: the bucket in the host's name at AWS, in the path elsewhere.</summary>
    internal Uri AddressOf(string key)
    {
        var path = SignatureV4.Encode(Prefix + key);
        return Endpoint is null
            ? new($"https://{Bucket}.s3.{Region}.amazonaws.com/{path}")
            : new($"{Endpoint.GetLeftPart(UriPartial.Authority)}/{SignatureV4.Encode(Bucket)}/{path}");
    }

    public override string ToString() => $"{Scheme}{Bucket}/{Prefix}";

    static (string Before, string After) Split(string text, char at)
    {
        var place = text.IndexOf(at);
        return place < 0 ? (text, "") : (text[..place], text[(place + 1)..]);
    }

    static HalleyException Bad(string place, string problem) =>
        new(
            "HLY5122",
            $"'{place}' is no place in S3: {problem}. Write s3://bucket/prefix?region=eu-central-1, with &endpoint=http://host:port for a store that is not AWS."
        );
}
