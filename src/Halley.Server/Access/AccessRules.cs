using Halley.Registry;
using static Halley.Registry.AccessRole;

namespace Halley.Server;

/// <summary>Which roles may use which address. An address without a rule is refused where access is required.</summary>
static class AccessRules
{
    static readonly AccessRole[] Everybody = Enum.GetValues<AccessRole>();
    static readonly AccessRole[] Readers = [Viewer, Modeller, Approver, Operator];

    /// <summary>The whole table: method, address, roles; null roles for an open address.</summary>
    public static IReadOnlyList<(string Method, string Address, IReadOnlyList<AccessRole>? Roles)> Table { get; } =
    [
        ("GET", "/health/live", null),
        ("GET", "/health/ready", null),
        ("GET", "/v1/decisions", Everybody),
        ("GET", "/v1/decisions/{name}", Everybody),
        ("GET", "/openapi.json", Everybody),
        // Purposes are looked at once the request is read: see MayDecide.
        ("POST", "/v1/decisions/{name}", [Caller, Operator, Modeller]),
        ("POST", "/v1/outcomes", [Caller, Operator]),
        ("GET", "/v1/log/{decisionId}", Readers),
        ("GET", "/v1/overview", Readers),
        ("GET", "/v1/experiments", Readers),
        ("GET", "/v1/canaries", Readers),
        ("GET", "/v1/monitor", Readers),
        ("GET", "/metrics", [Viewer, Operator]),
        ("GET", "/v2", Everybody),
        ("GET", "/v2/health/live", null),
        ("GET", "/v2/health/ready", null),
        ("GET", "/v2/models/{name}", Everybody),
        ("GET", "/v2/models/{name}/ready", Everybody),
        ("GET", "/v2/models/{name}/versions/{version}", Everybody),
        ("GET", "/v2/models/{name}/versions/{version}/ready", Everybody),
        // Scores are logged nowhere and decide nothing: a modeller may ask for them.
        ("POST", "/v2/models/{name}/infer", [Caller, Operator, Modeller]),
        ("POST", "/v2/models/{name}/versions/{version}/infer", [Caller, Operator, Modeller]),
    ];

    /// <summary>Whether the roles may decide for a purpose: a modeller asks tests and what-ifs and nothing live.</summary>
    public static bool MayDecide(KnownCaller caller, Purpose purpose) =>
        caller.IsOneOf([Caller, Operator]) || (purpose != Purpose.Live && caller.IsOneOf([Modeller]));

    /// <summary>The rule of a request; null where there is none.</summary>
    public static (string Method, string Address, IReadOnlyList<AccessRole>? Roles)? Find(string method, string path)
    {
        var asked = method == "HEAD" ? "GET" : method;
        foreach (var rule in Table)
        {
            if (rule.Method == asked && Fits(rule.Address, path))
                return rule;
        }
        return null;
    }

    static bool Fits(string address, string path)
    {
        // Routing takes addresses in any case and with a slash at the end: so must the rule.
        ReadOnlySpan<char> asked = path.Length > 1 ? path.AsSpan().TrimEnd('/') : path;
        ReadOnlySpan<char> rule = address;
        while (rule.Length > 0 && asked.Length > 0)
        {
            var own = Part(ref rule);
            var other = Part(ref asked);
            var isHole = own is ['{', ..] && other.Length > 0;
            if (!isHole && !own.Equals(other, StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return rule.Length == asked.Length;
    }

    /// <summary>The text up to the next slash, which is taken off with it.</summary>
    static ReadOnlySpan<char> Part(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('/');
        var part = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return part;
    }
}
