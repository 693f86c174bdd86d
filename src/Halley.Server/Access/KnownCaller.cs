using Halley.Registry;

namespace Halley.Server;

/// <summary>Who sent a request.</summary>
/// <param name="Name">As a key or token vouches for it.</param>
sealed record KnownCaller(string Name, IReadOnlyList<AccessRole> Roles)
{
    public bool IsOneOf(IReadOnlyList<AccessRole> roles) => Roles.Any(roles.Contains);
}
