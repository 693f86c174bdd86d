using System.Text;
using Halley.Data;

namespace Halley.Glm;

/// <summary>Penalised terms in mgcv's words: their covariates, their pieces of the formula, and what a fit says of their curves.</summary>
/// <param name="column">The column as the rows' file has it.</param>
/// <param name="variables">Variables of the other terms.</param>
sealed class RSmooths(Func<string, Column> column, RVariables variables)
{
    readonly StringBuilder text = new();
    readonly List<string> knots = [];
    readonly List<(string Piece, double X, string? Level, double Value, double Error)> points = [];
    readonly Dictionary<string, string> covariates = new(StringComparer.Ordinal);

    /// <summary>R lines that define the covariates.</summary>
    internal string Definitions => text.ToString();

    /// <summary>mgcv's <c>knots</c>.</summary>
    internal string Knots => $"list({string.Join(", ", knots)})";

    /// <summary>Columns to add to the rows: covariates as they were fitted, where they were rounded.</summary>
    internal List<NumericColumn> Rounded { get; } = [];

    /// <summary>The term's piece of the formula.</summary>
    internal string Piece(DesignTerm term, GlmFit fit)
    {
        var part = term.Parts[^1];
        if (part.Coder is not null)
        {
            var levels = RText.Name(part.InputName, variables.Taken);
            foreach (var level in fit.Relativities.First(own => own.Term == term.Name).Levels)
                points.Add(($"s({levels})", double.NaN, level.Level, level.Coefficient, level.StandardError));
            return Levels(part, levels);
        }
        var by = term.IsByLevel ? By(term) : null;
        var name = Covariate(part);
        foreach (var smooth in fit.Smooths.Where(own => own.Term == term.Name))
        {
            foreach (var point in smooth.Curve)
                points.Add(
                    (
                        $"s({name}){(by is null ? "" : $":{by}{smooth.Level}")}",
                        point.X,
                        smooth.Level,
                        point.Value,
                        point.StandardError
                    )
                );
        }
        return Curve(part, name, by is null ? "" : $", by = {by}");
    }

    /// <summary>The factor whose levels have a curve each, levels without one left out; ordered where the base level has none, as mgcv asks.</summary>
    string By(DesignTerm term)
    {
        var part = term.Parts[0];
        var own = variables.Of(part, new Dictionary<int, double>());
        var name = RText.Name($"{own}_by", variables.Taken);
        var (levels, curves) = (part.Coder!.Levels, term.Smooth!.Curves);
        // mgcv gives no curve to an ordered factor's first level.
        var first = part.Contrasts ? levels.Where((_, level) => level == part.BaseLevel) : [];
        var shown = first.Concat(levels.Where((_, level) => curves[level] >= 0));
        text.Append("d$").Append(name).Append(" <- factor(as.character(d$").Append(own).Append("), levels = ");
        text.Append(RText.Of(shown)).Append(part.Contrasts ? ", ordered = TRUE)\n" : ")\n");
        return name;
    }

    /// <summary>Where the curves are compared: piece of the formula, x or level, value, standard error.</summary>
    internal Table Points() =>
        new([
            Text("smooth", points.Select(point => (string?)point.Piece)),
            new NumericColumn("x", [.. points.Select(point => point.X)]),
            Text("level", points.Select(point => point.Level)),
            new NumericColumn("value", [.. points.Select(point => point.Value)]),
            new NumericColumn("std_error", [.. points.Select(point => point.Error)]),
        ]);

    static TextColumn Text(string name, IEnumerable<string?> values) => new(name, [.. values]);

    /// <summary>A smooth's covariate; several smooths of one column share it.</summary>
    string Covariate(TermPart part)
    {
        var basis = (SplineBasis)part.Basis!;
        var key = $"{part.InputName} {InvariantText.Of(basis.WhenMissing)}";
        if (covariates.TryGetValue(key, out var known))
            return known;
        var name = RText.Name(part.InputName, variables.Taken);
        covariates.Add(key, name);
        var values = new double[column(part.InputName).RowCount];
        column(part.InputName).CopySlots(0, values);
        foreach (ref var value in values.AsSpan())
            value = double.IsNaN(value) ? basis.WhenMissing : value;
        // More than a thousand distinct values are fitted on an even grid; mgcv's gam would not round them.
        var read = $"{part.InputName} as fitted by {part.Term.Name}";
        var bins = Bins.Of(values);
        Rounded.Add(new(read, Array.ConvertAll(bins.CodesOf(values), code => bins.Values[code])));
        text.Append("d$").Append(name).Append(" <- rows[[").Append(RText.Of(read)).Append("]]\n");
        return name;
    }

    string Curve(TermPart part, string name, string by)
    {
        var (smooth, basis) = ((SmoothTerm)part.Term, (SplineBasis)part.Basis!);
        if (smooth.Basis == SmoothKind.PSpline)
            return $"s({name}, bs = \"ps\", k = {basis.Width}, m = c(2, {smooth.PenaltyOrder}){by})";
        var own = $"{name} = {RText.Of(basis.Shape.Knots.Distinct())}";
        if (knots.Any(other => other != own && other.StartsWith($"{name} = ", StringComparison.Ordinal)))
            throw GlmErrors.NotInR(
                $"mgcv takes one list of knots for each covariate, and smooths of '{part.InputName}' have different ones",
                "Give them one size"
            );
        if (!knots.Contains(own))
            knots.Add(own);
        return $"s({name}, bs = \"cr\", k = {basis.Width}{by})";
    }

    string Levels(TermPart part, string name)
    {
        var own = new RVariables(column);
        own.Of(part with { BaseLevel = 0 }, new Dictionary<int, double>());
        var definition = own.Definitions;
        text.Append("d$").Append(name).Append(definition.AsSpan(definition.IndexOf(" <- ", StringComparison.Ordinal)));
        if (part.Term is not NeighbourTerm map)
            return $"s({name}, bs = \"re\")";
        var levels = part.Coder!.Levels;
        var lists = levels.Select(level => $"{RText.Of(level)} = {RText.Of(NeighboursOf(map, levels, level))}");
        text.Append("neighbours_").Append(name).Append(" <- list(").AppendJoin(",\n  ", lists).Append(")\n");
        return $"s({name}, bs = \"mrf\", xt = list(nb = neighbours_{name}))";
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
