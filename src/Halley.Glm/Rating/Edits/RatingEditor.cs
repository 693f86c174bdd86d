using System.Diagnostics.CodeAnalysis;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Applies edits to a rating table in their order, and takes them back to the bit.</summary>
/// <remarks>
/// An edit works on the table as those before it left it. Switching one off takes all of them back and applies the others again, so
/// their changes are told as they are then.
/// </remarks>
public static class RatingEditor
{
    /// <summary>The table before its edits.</summary>
    /// <exception cref="HalleyException">HLY2143: the edits are not those of the table.</exception>
    public static RatingTable Undo(RatingTable edited, IReadOnlyList<RatingEdit> edits)
    {
        var sheet = new RatingSheetState(edited);
        foreach (var change in edits.Reverse().SelectMany(edit => edit.Changes.Reverse()))
        {
            if (!sheet.Has(change.Factor, change.Level) || sheet[change.Factor, change.Level] != change.After)
                Refuse($"the audit says that '{change.Level}' of '{change.Factor}' was changed, and the table does not show it");
            sheet[change.Factor, change.Level] = change.Before;
        }
        return sheet.ToTable();
    }

    /// <summary>The table after the edits, and the edits with what each changed.</summary>
    /// <param name="unedited">See <see cref="Undo"/>.</param>
    /// <param name="exposureOf">Exposure of each cell of a factor, by which means are weighted.</param>
    /// <exception cref="HalleyException">HLY2143: an edit can't be made; it is named.</exception>
    public static (RatingTable Table, IReadOnlyList<RatingEdit> Edits) Apply(
        RatingTable unedited,
        IReadOnlyList<RatingEdit> edits,
        Func<string, IReadOnlyList<double>> exposureOf
    )
    {
        var sheet = new RatingSheetState(unedited);
        var applied = new List<RatingEdit>();
        foreach (var edit in edits)
            applied.Add(edit with { Changes = edit.IsOff ? [] : Apply(sheet, edit, exposureOf) });
        return (sheet.ToTable(), applied);
    }

    static List<RatingChange> Apply(RatingSheetState sheet, RatingEdit edit, Func<string, IReadOnlyList<double>> exposureOf)
    {
        if (edit.Factor == RatingTable.BaseFactor)
            return Base(sheet, edit);
        var factor = sheet.Find(edit.Factor) ?? RefuseFactor(sheet, edit.Factor);
        var cells = CellsOf(factor, edit);
        var before = sheet.Coefficients(edit.Factor);
        var after = (double[])before.Clone();
        switch (edit.Kind)
        {
            case RatingEditKind.Set:
                var value = Positive(edit.Value, "the relativity");
                foreach (var cell in cells)
                    after[cell] = VectorMath.Log(value);
                break;
            case RatingEditKind.Cap:
                Cap(edit, cells, after);
                break;
            case RatingEditKind.Round:
                foreach (var cell in cells)
                    after[cell] = VectorMath.Log(
                        Rounded(edit, $"'{factor.CellNames[cell]}' of '{factor.Name}'", VectorMath.Exp(before[cell]))
                    );
                break;
            case RatingEditKind.Group:
                Group(edit, cells, exposureOf(edit.Factor), after);
                break;
            default:
                LevelSmoother.Smooth(factor, cells, exposureOf(edit.Factor), Positive(edit.Value, "the strength"), after);
                break;
        }
        var changes = Changes(factor, before, after, edit.Kind is RatingEditKind.Group or RatingEditKind.Smooth, sheet.Constant);
        foreach (var change in changes)
            sheet[change.Factor, change.Level] = change.After;
        return changes;
    }

    /// <summary>The changes; where a mean moved the base level of a factor, all its levels are divided by it and the base value takes it.</summary>
    static List<RatingChange> Changes(RatingFactor factor, double[] before, double[] after, bool keepsBase, double constant)
    {
        var changes = new List<RatingChange>();
        var moved = keepsBase ? Array.FindIndex(before, coefficient => coefficient == 0) : -1;
        var shift = moved < 0 ? 0 : after[moved];
        if (shift != 0)
            changes.Add(new(RatingTable.BaseFactor, "", constant, constant + shift));
        var names = factor.CellNames;
        for (var cell = 0; cell < before.Length; cell++)
        {
            if (after[cell] - shift != before[cell])
                changes.Add(new(factor.Name, names[cell], before[cell], after[cell] - shift));
        }
        return changes;
    }

    static List<RatingChange> Base(RatingSheetState sheet, RatingEdit edit)
    {
        var value = edit.Kind switch
        {
            RatingEditKind.Set => Positive(edit.Value, "the base value"),
            RatingEditKind.Round => Rounded(edit, "the base value", VectorMath.Exp(sheet.Constant)),
            _ => Refuse("the base value can be set or rounded, nothing else"),
        };
        var change = new RatingChange(RatingTable.BaseFactor, "", sheet.Constant, VectorMath.Log(value));
        sheet[change.Factor, ""] = change.After;
        return change.Before == change.After ? [] : [change];
    }

    static int[] CellsOf(RatingFactor factor, RatingEdit edit)
    {
        var names = factor.CellNames.ToList();
        if (edit.Levels.Count == 0)
            return [.. Enumerable.Range(0, names.Count)];
        foreach (var level in edit.Levels.Where(level => !names.Contains(level)))
            Refuse($"factor '{factor.Name}' has no level '{level}'.{NearestText.Sentence(level, names)}");
        return [.. edit.Levels.Select(level => names.IndexOf(level)).Distinct().Order()];
    }

    static void Cap(RatingEdit edit, int[] cells, double[] after)
    {
        var low = edit.Minimum is { } least ? Positive(least, "the lower limit") : 0;
        var high = edit.Maximum is { } most ? Positive(most, "the upper limit") : double.PositiveInfinity;
        if (low > high || (edit.Minimum is null && edit.Maximum is null))
            Refuse("a cap needs a lower limit, an upper limit, or both in that order");
        foreach (var cell in cells)
        {
            var relativity = VectorMath.Exp(after[cell]);
            if (relativity < low || relativity > high)
                after[cell] = VectorMath.Log(Math.Clamp(relativity, low, high));
        }
    }

    static void Group(RatingEdit edit, int[] cells, IReadOnlyList<double> exposure, double[] after)
    {
        if (edit.Levels.Count < 2)
            Refuse("a group needs two levels or more");
        var (sum, size) = (0.0, 0.0);
        foreach (var cell in cells)
        {
            sum += exposure[cell] * VectorMath.Exp(after[cell]);
            size += exposure[cell];
        }
        if (!(size > 0))
            Refuse($"the levels {string.Join(", ", edit.Levels)} have no exposure, so no mean; set their relativity");
        foreach (var cell in cells)
            after[cell] = VectorMath.Log(sum / size);
    }

    static double Rounded(RatingEdit edit, string what, double relativity)
    {
        if (!(edit.Value is >= 0 and <= 15) || edit.Value != Math.Floor(edit.Value.Value))
            Refuse("decimals are a whole number from 0 to 15");
        var rounded = Math.Round(relativity, (int)edit.Value.Value, MidpointRounding.AwayFromZero);
        return rounded > 0 ? rounded : Refuse($"{what}: {InvariantText.Of(relativity)} would round to 0; keep more decimals");
    }

    static double Positive(double? value, string what) =>
        value is { } given && given > 0 && double.IsFinite(given) ? given : Refuse($"{what} is a number above 0");

    [DoesNotReturn]
    static RatingFactor RefuseFactor(RatingSheetState sheet, string factor)
    {
        Refuse($"there is no factor '{factor}'. There are: {string.Join(", ", sheet.Names)}, and '{RatingTable.BaseFactor}'");
        return null;
    }

    [DoesNotReturn]
    internal static double Refuse(string problem) =>
        throw new HalleyException(
            "HLY2143",
            $"the edit can't be made: {problem}{(problem[^1] is '.' or '?' ? "" : ".")} Correct it; nothing was changed."
        );
}
