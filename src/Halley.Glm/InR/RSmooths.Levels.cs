using Halley.Data;

namespace Halley.Glm;

/// <summary>Levels by credibility and territories: <c>bs = "re"</c> and <c>bs = "mrf"</c>.</summary>
sealed partial class RSmooths
{
    /// <summary>Levels or cells by credibility, or slopes in them.</summary>
    List<string> LevelPieces(DesignTerm term, GlmFit fit)
    {
        TermPart[] levels = [.. term.LevelParts];
        string[] names = [.. levels.Select(part => Levels(part))];
        var cells = Enumerable.Range(0, term.Encoded.CellCount).Select(cell => term.CodesOf(cell)).ToArray();
        string[] At(int cell) => [.. levels.Select((part, c) => part.Coder!.Levels[cells[cell][c]])];
        if (term.Encoded.Bases.Count == 0)
        {
            var curve = new RCurve($"s({string.Join(',', names)})", [], names);
            var own = fit.Relativities.First(own => own.Term == term.Name).Levels;
            curve.Points.AddRange(
                own.Select((level, cell) => new RCurvePoint([], At(cell), level.Coefficient, level.StandardError))
            );
            curves.Add(curve);
            return [$"s({string.Join(", ", names)}, bs = \"re\")"];
        }
        var pieces = new List<string>();
        var slopes = fit.Coefficients.Where(own => own.Term == term.Name).ToArray();
        for (var j = 0; j < term.Width; j++)
        {
            var number = Slope(term, j);
            var curve = new RCurve($"s({string.Join(',', names)},{number})", [number], names);
            for (var cell = 0; cell < cells.Length; cell++)
            {
                var slope = slopes[cell * term.Width + j];
                curve.Points.Add(new([1], At(cell), slope.Estimate, slope.StandardError));
            }
            curves.Add(curve);
            pieces.Add($"s({string.Join(", ", names)}, {number}, bs = \"re\")");
        }
        return pieces;
    }

    /// <summary>One column of the numbers as a variable.</summary>
    string Slope(DesignTerm term, int column)
    {
        var alone = new DesignTerm(term.Name, [.. term.Parts.Where(part => part.Basis is not null)]);
        var factors = alone
            .PartsAt(0, column)
            .Select(own =>
                own.Part.Basis!.Width == 1
                    ? $"d${variables.Of(own.Part, NoneGiven)}"
                    : $"d${variables.Of(own.Part, NoneGiven)}[, {own.Index + 1}]"
            );
        var name = RText.Name($"{alone.Name}_number", variables.Taken);
        text.Append("d$").Append(name).Append(" <- as.numeric(").AppendJoin(" * ", factors).Append(")\n");
        return name;
    }

    /// <summary>A map, or one for each level.</summary>
    string Map(DesignTerm term, GlmFit fit)
    {
        var part = term.Parts.First(part => part.Term is NeighbourTerm);
        var (map, levels) = ((NeighbourTerm)part.Term, part.Coder!.Levels);
        var name = Levels(part);
        var lists = levels.Select(level => $"{RText.Of(level)} = {RText.Of(NeighboursOf(map, levels, level))}");
        text.Append("neighbours_").Append(name).Append(" <- list(").AppendJoin(",\n  ", lists).Append(")\n");
        var by = term.HasCurves ? By(term) : null;
        var cells = fit.Relativities.First(own => own.Term == term.Name).Levels;
        foreach (var place in term.Smooth!.Curves.Index().Where(place => place.Item >= 0))
        {
            var (index, label) = (place.Index, term.HasCurves ? term.CurveLabel(place.Index) : "");
            var curve = new RCurve($"s({name}){(by is null ? "" : $":{by}{label}")}", [], by is null ? [name] : [name, by]);
            for (var level = 0; level < levels.Count; level++)
            {
                var own = cells[index * levels.Count + level];
                curve.Points.Add(
                    new([], by is null ? [levels[level]] : [levels[level], label], own.Coefficient, own.StandardError)
                );
            }
            curves.Add(curve);
        }
        return $"s({name}, bs = \"mrf\", xt = list(nb = neighbours_{name}){(by is null ? "" : $", by = {by}")})";
    }

    /// <summary>A variable of a part's levels, in their order.</summary>
    string Levels(TermPart part)
    {
        var name = RText.Name(part.InputName, variables.Taken);
        return Define(part with { BaseLevel = 0 }, name, column(part.InputName));
    }

    /// <summary>A variable by itself, of whatever other variables the part's name stands for.</summary>
    string Define(TermPart part, string name, Column values)
    {
        var own = new RVariables(_ => values);
        own.Of(part, NoneGiven);
        var definition = own.Definitions;
        text.Append("d$").Append(name).Append(definition.AsSpan(definition.IndexOf(" <- ", StringComparison.Ordinal)));
        return name;
    }

    /// <summary>Places of a level's neighbours, from 1, whichever of the two names the other.</summary>
    static IEnumerable<double> NeighboursOf(NeighbourTerm map, IReadOnlyList<string> levels, string level)
    {
        bool Names(string one, string other) => map.Neighbours.TryGetValue(one, out var own) && own.Contains(other);
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels[i] != level && (Names(level, levels[i]) || Names(levels[i], level)))
                yield return i + 1;
        }
    }
}
