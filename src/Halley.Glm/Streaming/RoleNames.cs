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

    /// <summary>Number of the row's cluster.</summary>
    internal const string Cluster = "\ncluster";

    /// <summary>What decides the row's fold: a draw, a time, or the number of a name.</summary>
    internal const string Fold = "\nfold";

    /// <summary>What every spool holds, in this order.</summary>
    internal static string[] All { get; } = [Target, Weight, Offset, Size, Skipped];
}
