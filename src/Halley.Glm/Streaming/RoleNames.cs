namespace Halley.Glm;

/// <summary>Names under which a spool holds what is not a column of the data. No column's name begins with a line break.</summary>
static class RoleNames
{
    internal const string Target = "\ntarget";
    internal const string Weight = "\nweight";
    internal const string Offset = "\noffset";
    internal const string Size = "\nsize";

    /// <summary>Rows left out before a row.</summary>
    internal const string Skipped = "\nskipped";

    internal static string[] All { get; } = [Target, Weight, Offset, Size, Skipped];
}
