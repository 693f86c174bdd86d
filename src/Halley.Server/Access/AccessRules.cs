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
        var hole = address.IndexOf('{', StringComparison.Ordinal);
        // Routing takes addresses in any case and with a slash at the end: so must the rule.
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        return hole < 0
            ? address.Equals(path, StringComparison.OrdinalIgnoreCase)
            : path.Length > hole
                && path.StartsWith(address[..hole], StringComparison.OrdinalIgnoreCase)
                && path.IndexOf('/', hole) < 0;
    }
}
