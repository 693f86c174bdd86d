namespace Halley.Server;

/// <summary>Who may do what with a server.</summary>
public sealed record AccessOptions
{
    /// <summary>Whether requests need a key or a token. Default no: whoever reaches the address may do all.</summary>
    public bool Required { get; init; }

    /// <summary>File with the public keys (JSON Web Key Set) whose tokens are believed; null for none.</summary>
    public string? KeySet { get; init; }

    /// <summary>The issuer that tokens must name; needed with a key set.</summary>
    public string? Issuer { get; init; }

    /// <summary>The audience that tokens must name; needed with a key set.</summary>
    public string? Audience { get; init; }

    /// <summary>Claim that holds a role or a list of them. Default <c>roles</c>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>What HALLEY_REQUIRE_KEYS (1), HALLEY_TOKEN_KEYS, HALLEY_TOKEN_ISSUER, HALLEY_TOKEN_AUDIENCE and HALLEY_TOKEN_ROLES say.</summary>
    public static AccessOptions FromEnvironment()
    {
        static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        var options = new AccessOptions
        {
            Required = Variable("HALLEY_REQUIRE_KEYS") is "1" or "true",
            KeySet = Variable("HALLEY_TOKEN_KEYS"),
            Issuer = Variable("HALLEY_TOKEN_ISSUER"),
            Audience = Variable("HALLEY_TOKEN_AUDIENCE"),
        };
        return Variable("HALLEY_TOKEN_ROLES") is { } claim ? options with { RoleClaim = claim } : options;
    }

    /// <summary>Every problem with these settings, each a sentence.</summary>
    internal IEnumerable<string> Validate()
    {
        if (KeySet is not null && string.IsNullOrWhiteSpace(Issuer))
            yield return "tokens need an issuer to be checked against.";
        if (KeySet is not null && string.IsNullOrWhiteSpace(Audience))
            yield return "tokens need an audience to be checked against.";
        if (KeySet is not null && !Required)
            yield return "a key set is of no use while nothing is required: require access, too.";
    }
}
