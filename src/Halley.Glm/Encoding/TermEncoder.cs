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

    /// <summary>More columns than this from one product with a smooth in it are refused.</summary>
    internal const int SurfaceLimit = 400;

    /// <summary>Combinations of bins that a surface may have.</summary>
    const int CombinationLimit = 10_000;

    /// <summary>Combinations of a surface times cells of all other terms: the tables of pairs stay within memory.</summary>
    const int PairLimit = 16_000_000;

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
        if (!term.IsPenalised)
            return null;
        TermPart[] levels = [.. parts.Where(part => part.Coder is not null && part.Term is not PenalisedLevelTerm)];
        if (Array.Find(parts, part => part.Term is NeighbourTerm) is { } map)
        {
            var own = SmoothEncoder.Encode((NeighbourTerm)map.Term, map.Coder!.Levels, inputs.ByLevel(map.Coder).Rows);
            return levels.Length == 0 ? own : own with { Curves = CurvesOf(levels, 1) };
        }
        if (Array.Exists(parts, part => part.Term is CredibilityTerm))
            return parts is [var alone]
                ? SmoothEncoder.Encode((CredibilityTerm)term, alone.Coder!.Levels)
                : SmoothEncoder.OfCells(parts);
        RefuseConstant(term, parts);
        TermPart[] numbers = [.. parts.Where(part => part.Basis is not null)];
        var columns = numbers is [{ Term: SmoothTerm smooth, Basis: SplineBasis basis }]
            ? new SmoothEncoder(inputs).Encode(smooth, basis)
            : new SurfaceEncoder(inputs).Encode(numbers, CombinationsOf(term));
        var multiples = numbers
            .Where(part => part.Term is not SmoothTerm)
            .Aggregate(1, (width, part) => width * part.Basis!.Width);
        return levels.Length == 0
            ? columns with
            {
                Curves = [.. Enumerable.Range(0, multiples)],
            }
            : columns with
            {
                Curves = CurvesOf(levels, multiples),
            };
    }

    /// <summary>A curve for each cell of levels that has rows; none at base levels where the model has the same without that factor.</summary>
    /// <param name="multiples">Curves of a cell: columns of numbers that they multiply.</param>
    int[] CurvesOf(TermPart[] levels, int multiples)
    {
        var rows = inputs.ByCell([.. levels.Select(part => part.Coder!)]);
        var alone = new DesignTerm("", levels);
        var curves = new int[rows.Length * multiples];
        var next = 0;
        for (var place = 0; place < curves.Length; place++)
        {
            var cell = place / multiples;
            curves[place] = rows[cell] > 0 && !alone.IsBase(cell) ? next++ : -1;
        }
        if (next == 0)
            GlmErrors.ThrowNoCurve(
                string.Join(":", levels.Select(part => part.Term.Name)),
                string.Join(":", levels.Select(part => part.Coder!.Levels[part.BaseLevel]))
            );
        return curves;
    }

    /// <summary>A number that is the same in all rows makes no slope.</summary>
    void RefuseConstant(Term term, TermPart[] parts)
    {
        foreach (var part in parts.Where(part => part.Basis is not null && part.Term is not SmoothTerm))
        {
            if (inputs.IsConstant(part.Basis!.Input))
                GlmErrors.ThrowConstantMultiple(term.Name, part.InputName);
        }
    }

    /// <summary>Combinations of bins that a surface may have beside the model's other terms.</summary>
    int CombinationsOf(Term surface)
    {
        var others = terms.Where(term => !ReferenceEquals(term, surface)).Sum(CellsOf);
        return (int)Math.Clamp(PairLimit / Math.Max(others, 1), 400, CombinationLimit);
    }

    /// <summary>About as many cells as a term's rows are summed by.</summary>
    long CellsOf(Term term)
    {
        if (term.Parts.Count(part => part is SmoothTerm) > 1)
            return CombinationLimit * 2 / 5;
        var cells = 1L;
        foreach (var part in term.Parts.Cast<ColumnTerm>())
        {
            if (part is NumberTerm and not SmoothTerm)
                continue;
            var input = inputs.Of(part.Column, part.Name);
            long own =
                part is BandedTerm bands ? bands.Cuts.Count + 1
                : inputs.Inputs[input].Levels is { } levels ? levels.Count
                : inputs.Head(input) is BooleanColumn ? 2
                : inputs.Counts(input).Values.Length;
            cells = Math.Min(cells * (part is SmoothTerm ? Math.Min(own, Bins.Limit) : own), int.MaxValue);
        }
        return cells;
    }

    TermPart Encode(Term whole, ColumnTerm part)
    {
        var input = inputs.Of(part.Column, part.Name);
        var column = inputs.Head(input);
        if (part is NumberTerm number)
        {
            var isCentred = number is SmoothTerm && whole.Parts.Count > 1 && HasMargin(whole, part);
            return new(part, null, new BasisEncoder(inputs).Encode(number, input), column.Name, -1, isCentred);
        }
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
