namespace Halley.Registry;

/// <summary>Roles as files, commands and tokens write them.</summary>
public static class AccessRoles
{
    public static IReadOnlyList<string> All { get; } = ["viewer", "modeller", "approver", "operator", "caller"];

    public static string NameOf(AccessRole role) => All[(int)role];

    /// <summary>The role of that name, or null.</summary>
    public static AccessRole? Find(string name)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == name)
                return (AccessRole)i;
        }
        return null;
    }
}
