namespace Halley.Registry;

/// <summary>Where the parts of a store are kept; each that is left out lies in the store's folder.</summary>
/// <remarks>
/// Servers that share a database need the same artefacts and the same signing key, or each other's public keys. A password
/// belongs into the environment and not into a file of the project.
/// </remarks>
public sealed record StorePlaces
{
    /// <summary>Connection string of a PostgreSQL database for the records and the decision log. Default: SQLite files in the folder.</summary>
    public string? Database { get; init; }

    /// <summary>Another folder for artefacts, or <c>s3://bucket/prefix?region=…</c>. Default: <c>blobs</c> in the folder.</summary>
    public string? Artefacts { get; init; }

    /// <summary>Another folder, or s3://bucket/prefix, for the signed heads of the log. Default: <c>heads</c> in the folder.</summary>
    public string? Heads { get; init; }

    /// <summary>The key that signs, as PEM text or the path of a PEM file. Default: <c>keys/signing.pem</c> in the folder, made on first use.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Keys that encrypt the personal part of what is logged, see <see cref="PersonalKeys.Parse"/>. Default: it is not encrypted.</summary>
    public string? DataKey { get; init; }

    /// <summary>The places that HALLEY_DATABASE, HALLEY_ARTEFACTS, HALLEY_HEADS, HALLEY_SIGNING_KEY and HALLEY_DATA_KEY name.</summary>
    public static StorePlaces FromEnvironment() =>
        new()
        {
            Database = Variable("HALLEY_DATABASE"),
            Artefacts = Variable("HALLEY_ARTEFACTS"),
            Heads = Variable("HALLEY_HEADS"),
            SigningKey = Variable("HALLEY_SIGNING_KEY"),
            DataKey = Variable("HALLEY_DATA_KEY"),
        };

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
