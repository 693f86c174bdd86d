namespace Halley.Data;

/// <summary>What a profile looks at.</summary>
public sealed record ProfileOptions
{
    /// <summary>Role of each column, by name; a column that is not named is a feature.</summary>
    public IReadOnlyDictionary<string, Role> Roles { get; init; } = new Dictionary<string, Role>();

    /// <summary>Number column that is to be predicted, for rates by level and checks for leaks; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>Levels told of a column, those with most exposure; the rest is counted. At least 1. Default 30.</summary>
    public int LevelsShown { get; init; } = 30;

    /// <summary>Roles as a schema declares them; the target is the first field of that role, if any.</summary>
    public static ProfileOptions Of(Schema schema) =>
        new()
        {
            Roles = schema.Fields.ToDictionary(field => field.Name, field => field.Role),
            Target = schema.OfRole(Role.Target)?.Name,
        };
}
