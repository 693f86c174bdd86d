using Halley.Data;

namespace Halley.Registry;

/// <summary>A named value of a decision's record that the monitor reads.</summary>
/// <param name="Levels">Levels of a category; null for numbers and for yes and no.</param>
/// <param name="IsInput">An input of the request; else an output or a step.</param>
/// <param name="IsWatched">Whether its drift is watched.</param>
sealed record MonitoredField(string Name, LevelList? Levels, bool IsBoolean, bool IsInput, bool IsWatched)
{
    /// <summary>Codes that its values can have; levels that are not listed share the last. Null for numbers.</summary>
    internal int? Codes =>
        Levels is { } levels ? levels.Count + 1
        : IsBoolean ? 2
        : null;

    internal string CodeName(int code) =>
        Levels is { } levels ? (code < levels.Count ? levels[code] : "another level")
        : code == 1 ? "true"
        : "false";
}
