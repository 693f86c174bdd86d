using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Settles levels, base levels and constants of terms on the learn rows.</summary>
/// <param name="inputs">Learn rows.</param>
/// <param name="terms">All terms of the model.</param>
sealed class TermEncoder(LearnInputs inputs, IReadOnlyList<Term> terms)
{
    /// <summary>More cells than this in one term are refused before memory is asked for them.</summary>
    internal const int CellLimit = 1_000_000;

    /// <summary>More columns than this from one product of numbers are refused.</summary>
    internal const int WidthLimit = 64;

    /// <summary>Turns given relativities into coefficients. Default: log.</summary>
    internal Link Link { get; init; } = Link.Log;

    readonly HashSet<string> partSets = [.. terms.Select(term => KeyOf(term.Parts))];

    /// <exception cref="HalleyException">HLY2105 to HLY2110: the column can't serve the term.</exception>
    internal DesignTerm Encode(Term term)
    {
        var parts = term.Parts.Select(part => Encode(term, (ColumnTerm)part)).ToArray();
        var cells = parts.Aggregate(1L, (product, part) => Math.Min(product * (part.Coder?.Levels.Count ?? 1), int.MaxValue));
        if (cells > CellLimit)
            GlmErrors.ThrowTooManyLevels(term.Name, cells, CellLimit);
        return new(term.Name, parts, SmoothOf(term, parts)) { Fixed = FixedOf(term as LevelTerm, parts[0]) };
    }

    /// <summary>Given coefficients by level.</summary>
    Dictionary<int, double> FixedOf(LevelTerm? term, TermPart part)
    {
        var coefficients = new Dictionary<int, double>();
        foreach (var (level, value) in term?.Fixed ?? new Dictionary<string, double>())
        {
            var code = part.Coder!.Levels.ToList().IndexOf(level);
            if (code < 0)
                GlmErrors.ThrowLevel(term!.Name, "level of a given relativity", level, part.Coder.Levels);
            var multiplies = Link.Function is LinkFunction.Log or LinkFunction.Logit;
            if (multiplies && !(value > 0))
                GlmErrors.ThrowRelativity(term!.Name, level, value, Link.Name);
            if (code == part.BaseLevel)
                GlmErrors.ThrowFixedBase(term!.Name, level);
            coefficients.Add(code, multiplies ? VectorMath.Log(value) : value);
        }
        return coefficients;
    }

    SmoothColumns? SmoothOf(Term term, TermPart[] parts)
    {
        switch (term)
        {
            case SmoothTerm smooth:
                var columns = new SmoothEncoder(inputs).Encode(smooth, (SplineBasis)parts[^1].Basis!);
                return smooth.By is null ? columns : columns with { Curves = CurvesOf(parts[0]) };
            case PenalisedLevelTerm levels:
                return SmoothEncoder.Encode(levels, parts[0].Coder!.Levels, inputs.ByLevel(parts[0].Coder!).Rows);
            default:
                return null;
        }
    }

    /// <summary>A curve for each level that has rows; none for the base level where the model has a common curve.</summary>
    int[] CurvesOf(TermPart levels)
    {
        var rows = inputs.ByLevel(levels.Coder!).Rows;
        var curves = new int[rows.Length];
        var next = 0;
        for (var level = 0; level < rows.Length; level++)
            curves[level] = rows[level] > 0 && !(levels.Contrasts && level == levels.BaseLevel) ? next++ : -1;
        if (next == 0)
            GlmErrors.ThrowNoCurve(levels.Term.Name, levels.Coder!.Levels[levels.BaseLevel]);
        return curves;
    }

    TermPart Encode(Term whole, ColumnTerm part)
    {
        var input = inputs.Of(part.Column, part.Name);
        var column = inputs.Head(input);
        if (part is NumberTerm number)
            return new(part, null, new BasisEncoder(inputs).Encode(number, input), column.Name, -1, false);
        var levels = (LevelTerm)part;
        var coder = new LevelEncoder(inputs).Encode(levels, input);
        return part is PenalisedLevelTerm
            ? new(part, coder, null, column.Name, -1, false)
            : new(part, coder, null, column.Name, BaseLevel(levels, coder), HasMargin(whole, part));
    }

    /// <summary>Whether the model holds the same term without <paramref name="part"/>; the constant is always there.</summary>
    bool HasMargin(Term whole, Term part)
    {
        var others = whole.Parts.Where(other => !ReferenceEquals(other, part)).ToArray();
        return others.Length == 0 || partSets.Contains(KeyOf(others));
    }

    static string KeyOf(IEnumerable<Term> parts) =>
        string.Join('\n', parts.Select(part => ((ColumnTerm)part).Columns).Order(StringComparer.Ordinal));

    /// <summary>The base that the factor has as a term of its own, where it is here a part of an interaction that names none.</summary>
    string? NamedElsewhere(LevelTerm term) =>
        terms.OfType<LevelTerm>().FirstOrDefault(other => other.Columns == term.Columns)?.Base;

    int BaseLevel(LevelTerm term, LevelCoder coder)
    {
        if ((term.Base ?? NamedElsewhere(term)) is { } named)
        {
            var code = coder.Levels.ToList().IndexOf(named);
            if (code < 0)
                GlmErrors.ThrowLevel(term.Name, "base level", named, coder.Levels);
            return code;
        }
        var sizes = inputs.ByLevel(coder).Size;
        return sizes.IndexOf(sizes.Max());
    }
}
