namespace Halley.Glm;

/// <summary>A declared term beside its encoded form: what names its coefficients and says which of them the model has.</summary>
sealed class DesignTerm
{
    /// <param name="smooth">For a penalised term; null for others.</param>
    internal DesignTerm(string name, IReadOnlyList<TermPart> parts, SmoothColumns? smooth = null)
    {
        (Parts, Smooth) = (parts, smooth);
        Encoded = new(
            name,
            [.. parts.Where(part => part.Coder is not null).Select(part => part.Coder!)],
            [.. parts.Where(part => part.Basis is not null).Select(part => part.Basis!)]
        );
    }

    internal IReadOnlyList<TermPart> Parts { get; }

    internal EncodedTerm Encoded { get; }

    /// <summary>Coefficients that are given, by cell; they have no column.</summary>
    internal IReadOnlyDictionary<int, double> Fixed { get; init; } = new Dictionary<int, double>();

    /// <summary>Columns and penalty of a penalised term; null for others.</summary>
    internal SmoothColumns? Smooth { get; }

    /// <summary>Whether the model's columns are combinations of those that score.</summary>
    internal bool IsMapped => Smooth is { Map.Length: > 0 };

    /// <summary>Whether it is a smooth or a surface with a curve for each level.</summary>
    internal bool IsByLevel => IsMapped && Encoded is { Coders.Count: > 0, Bases.Count: > 0 };

    /// <summary>The smooths that it is made of: one of a curve, more of a surface.</summary>
    internal IReadOnlyList<TermPart> Margins => [.. Parts.Where(part => part.Term is SmoothTerm)];

    /// <summary>Columns of numbers that its curves multiply; 1 where there are none.</summary>
    internal int Multiples =>
        IsMapped
            ? Parts
                .Where(part => part.Basis is not null && part.Term is not SmoothTerm)
                .Aggregate(1, (width, part) => width * part.Basis!.Width)
            : 1;

    /// <summary>Whether it has several curves, or maps, told apart by level or by the number that they multiply.</summary>
    internal bool HasCurves => IsMapped && (IsByLevel || Smooth!.Curves.Length > 1);

    /// <summary>The levels of a smooth by level, without its numbers.</summary>
    internal EncodedTerm LevelsAlone => new(Name, [.. Encoded.Coders], []);

    /// <summary>Cells of the model's columns.</summary>
    internal int CellCount => IsMapped ? 1 : Encoded.CellCount;

    /// <summary>The model's columns in each cell.</summary>
    internal int Width => IsMapped ? Smooth!.Width : Encoded.Width;

    /// <summary>All of the model's columns, those of base levels included.</summary>
    internal int ColumnCount => CellCount * Width;

    /// <summary>Coefficients that score, from those of the model's columns.</summary>
    internal double[] Scoring(ReadOnlySpan<double> model) => Smooth?.Scoring(model) ?? model.ToArray();

    internal string Name => Encoded.Name;

    /// <summary>Codes of a cell's levels, in the order of the parts that have levels. Shape (coders).</summary>
    internal int[] CodesOf(int cell)
    {
        var codes = new int[Encoded.Coders.Count];
        for (var c = codes.Length - 1; c >= 0; c--)
            (cell, codes[c]) = Math.DivRem(cell, Encoded.Coders[c].Levels.Count);
        return codes;
    }

    /// <summary>Whether the model has no coefficient for the cell because a part with contrasts is at its base level.</summary>
    internal bool IsBase(int cell)
    {
        if (Smooth is not null)
            return false;
        var codes = CodesOf(cell);
        return LevelParts.Where((part, c) => part.Contrasts && codes[c] == part.BaseLevel).Any();
    }

    /// <summary>The cell's levels, joined by a colon; null for a term without levels.</summary>
    internal string? LevelsOf(int cell)
    {
        return Encoded.Coders.Count == 0 || IsMapped ? null : LevelName(cell);
    }

    /// <summary>The levels of a cell that scores, joined by a colon.</summary>
    internal string LevelName(int cell)
    {
        var codes = CodesOf(cell);
        return string.Join(":", Encoded.Coders.Select((coder, c) => coder.Levels[codes[c]]));
    }

    /// <summary>What tells a curve from the term's others: its levels, and the column of numbers where it multiplies one of several.</summary>
    internal string CurveLabel(int place)
    {
        var (cell, multiple) = Math.DivRem(place, Multiples);
        var names = new List<string>();
        TermPart[] levels = [.. LevelParts.Where(part => part.Term is not NeighbourTerm)];
        for (var c = levels.Length - 1; c >= 0; c--)
        {
            (cell, var code) = Math.DivRem(cell, levels[c].Coder!.LevelCount);
            names.Insert(0, levels[c].Coder!.Levels[code]);
        }
        foreach (
            var part in Parts.Where(part => Multiples > 1 && part.Basis is not null && part.Term is not SmoothTerm).Reverse()
        )
        {
            (multiple, var column) = Math.DivRem(multiple, part.Basis!.Width);
            names.Insert(levels.Length, part.Basis.ColumnName(column, part.Term.Name, part.InputName));
        }
        return string.Join(":", names);
    }

    /// <summary>Name of the curve of a level, for example <c>s(age):fuel[Diesel]</c>.</summary>
    internal string CurveName(int place) => $"{Name}[{CurveLabel(place)}]";

    /// <summary>Name of a coefficient, for example <c>Region[R24]</c>, <c>DrivAge^2</c>, <c>VehGas[Regular]:log(Density)</c>.</summary>
    internal string CoefficientName(int cell, int column)
    {
        if (HasCurves)
        {
            var (curve, own) = Math.DivRem(column, Smooth!.CurveWidth);
            return $"{CurveName(Array.IndexOf(Smooth.Curves, curve))}.{own + 1}";
        }
        if (IsMapped)
            return $"{Name}.{column + 1}";
        var names = PartsAt(cell, column)
            .Select(own =>
                own.Part.Coder is { } coder
                    ? $"{own.Part.Term.Name}[{coder.Levels[own.Index]}]"
                    : own.Part.Basis!.ColumnName(own.Index, own.Part.Term.Name, own.Part.InputName)
            );
        return string.Join(":", names);
    }

    /// <summary>Each part with the code of its level, or the number of its column, in a column of a cell.</summary>
    internal IEnumerable<(TermPart Part, int Index)> PartsAt(int cell, int column)
    {
        var (codes, columns) = (CodesOf(cell), ColumnsOf(column));
        var (coder, basis) = (0, 0);
        return Parts.Select(part => (part, part.Coder is not null ? codes[coder++] : columns[basis++]));
    }

    internal IEnumerable<TermPart> LevelParts => Parts.Where(part => part.Coder is not null);

    int[] ColumnsOf(int column)
    {
        var columns = new int[Encoded.Bases.Count];
        for (var b = columns.Length - 1; b >= 0; b--)
            (column, columns[b]) = Math.DivRem(column, Encoded.Bases[b].Width);
        return columns;
    }
}
