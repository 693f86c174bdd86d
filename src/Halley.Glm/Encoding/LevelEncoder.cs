using Halley.Data;

namespace Halley.Glm;

/// <summary>Makes the level coder of a term from the levels or values that its column holds on the learn rows.</summary>
sealed class LevelEncoder(LearnInputs inputs)
{
    internal LevelCoder Encode(LevelTerm term, int input)
    {
        var column = inputs.Head(input);
        LevelCoder coder = (term, column) switch
        {
            (BandedTerm banded, NumericColumn or DateColumn) => Banded(banded, input),
            (BandedTerm, _) => ThrowNotNumber(term, column),
            (_, DateColumn) => ThrowDate(term, column),
            (_, NumericColumn) => Valued(term, input),
            _ => Category(term, input),
        };
        RefuseMissing(term, coder);
        return coder;
    }

    CategoryCoder Category(LevelTerm term, int input)
    {
        var names = inputs.Inputs[input].Levels?.Levels ?? CategoryCoder.BooleanLevels;
        var levels = WithMissing(term, input, names);
        return new(input, levels, names.Count, MissingCode(term, levels));
    }

    BandCoder Banded(BandedTerm term, int input)
    {
        var levels = WithMissing(term, input, BandCoder.BandNames(term.Cuts));
        return new(input, levels, [.. term.Cuts], MissingCode(term, levels));
    }

    ValueCoder Valued(LevelTerm term, int input)
    {
        var values = inputs.Counts(input).Values;
        if (values.Length > TermEncoder.CellLimit)
            GlmErrors.ThrowTooManyLevels(term.Name, values.Length, TermEncoder.CellLimit);
        var levels = WithMissing(term, input, [.. values.Select(InvariantText.Of)]);
        var missing = MissingCode(term, levels);
        var rule = (term as FactorTerm)?.WhenUnseen ?? ValueRule.Reject;
        var unseen = rule.Action switch
        {
            ValueAction.Missing => missing,
            ValueAction.Replace => CodeOf(term, "level for unseen values", rule.Value, levels),
            _ => LevelCoder.None,
        };
        return new(input, levels, values, missing, unseen);
    }

    /// <summary>The levels, and one for missing values where the term gives them their own and there are any.</summary>
    IReadOnlyList<string> WithMissing(LevelTerm term, int input, IReadOnlyList<string> names) =>
        term.WhenMissing.Action == ValueAction.Missing && inputs.MissingIn(input) > 0
            ? [.. names, LevelTerm.MissingLevel]
            : names;

    static int MissingCode(LevelTerm term, IReadOnlyList<string> levels) =>
        term.WhenMissing.Action switch
        {
            ValueAction.Missing when levels[^1] == LevelTerm.MissingLevel => levels.Count - 1,
            ValueAction.Replace => CodeOf(term, "level for missing values", term.WhenMissing.Value, levels),
            _ => LevelCoder.None,
        };

    static int CodeOf(LevelTerm term, string role, string? level, IReadOnlyList<string> levels)
    {
        var code = levels.ToList().IndexOf(level ?? "");
        if (code < 0)
            GlmErrors.ThrowLevel(term.Name, role, level ?? "", levels);
        return code;
    }

    void RefuseMissing(LevelTerm term, LevelCoder coder)
    {
        var row = inputs.FirstMissingIn(coder.Input);
        if (coder.MissingCode == LevelCoder.None && row >= 0)
            GlmErrors.ThrowMissing(term.Name, term.Column, inputs.OriginalRow(row));
    }

    static LevelCoder ThrowNotNumber(LevelTerm term, Column column)
    {
        GlmErrors.ThrowTermKind(term.Name, column, "a number", "Use a factor.");
        return null;
    }

    static LevelCoder ThrowDate(LevelTerm term, Column column)
    {
        GlmErrors.ThrowTermKind(
            term.Name,
            column,
            "a category, a boolean or a number",
            "Derive a year or a month from it, or band it."
        );
        return null;
    }
}
