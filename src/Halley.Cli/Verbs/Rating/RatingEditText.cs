using System.Globalization;
using Halley.Glm;

namespace Halley.Cli;

/// <summary>An edit of a rating table in one line.</summary>
static class RatingEditText
{
    const int ChangesShown = 3;

    public static string Of(int number, RatingEdit edit)
    {
        var levels = edit.Levels.Count == 0 ? "" : $" of {string.Join(", ", edit.Levels)}";
        var what = edit.Kind switch
        {
            RatingEditKind.Set => $"set to {Number(edit.Value)}",
            RatingEditKind.Cap => $"cap {Number(edit.Minimum)} to {Number(edit.Maximum)}",
            RatingEditKind.Round => $"round to {Number(edit.Value)} decimals",
            RatingEditKind.Group => "group",
            _ => $"smooth by {Number(edit.Value)}",
        };
        var changes = edit
            .Changes.Take(ChangesShown)
            .Select(change =>
                $"{(change.Level.Length == 0 ? change.Factor : change.Level)} {Shown(change.Before)} → {Shown(change.After)}"
            );
        var more = edit.Changes.Count > ChangesShown ? $", {edit.Changes.Count - ChangesShown} more" : "";
        return string.Create(
                CultureInfo.InvariantCulture,
                $"edit {number}{(edit.IsOff ? " (off)" : "")}: {edit.Factor}{levels}: {what}; {edit.Author}, {edit.Time:yyyy-MM-dd HH:mm}Z: {edit.Reason}"
            ) + (edit.Changes.Count == 0 ? "" : $" ({string.Join(", ", changes)}{more})");
    }

    static string Number(double? value) => value is { } number ? number.ToString("G6", CultureInfo.InvariantCulture) : "no limit";

    static string Shown(double coefficient) => Math.Exp(coefficient).ToString("F4", CultureInfo.InvariantCulture);
}
