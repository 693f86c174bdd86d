namespace Halley.Sources.Generation;

/// <summary>Short forms of the fields that generated tables have.</summary>
static class GeneratedField
{
    public static Field Whole(string name, string? unit, double minimum, double? maximum = null) =>
        Number(name, unit, minimum, maximum) with
        {
            Whole = true,
        };

    public static Field Number(string name, string? unit, double minimum, double? maximum = null) =>
        new()
        {
            Name = name,
            Kind = FieldKind.Number,
            Unit = unit,
            Minimum = minimum,
            Maximum = maximum,
        };

    public static Field Category(string name, LevelList levels) =>
        new()
        {
            Name = name,
            Kind = FieldKind.Category,
            Levels = levels,
        };

    public static Field Boolean(string name) => new() { Name = name, Kind = FieldKind.Boolean };

    public static Field Date(string name, Role role = Role.Ignore) =>
        new()
        {
            Name = name,
            Kind = FieldKind.Date,
            Role = role,
        };

    public static Field Id(string name) => Whole(name, null, 1) with { Role = Role.Id };

    public static Field Target(Field field) => field with { Role = Role.Target };

    public static Field Ignored(Field field) => field with { Role = Role.Ignore };
}
