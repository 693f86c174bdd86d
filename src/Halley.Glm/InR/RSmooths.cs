using System.Text;
using Halley.Data;

namespace Halley.Glm;

/// <summary>Penalised terms in mgcv's words: their covariates, their pieces of the formula, and what a fit says of their curves.</summary>
/// <param name="column">The column as the rows' file has it.</param>
/// <param name="taken">Names of variables in use.</param>
sealed class RSmooths(Func<string, Column> column, HashSet<string> taken)
{
    readonly StringBuilder text = new();
    readonly List<string> knots = [];
    readonly List<(string Piece, double X, string? Level, double Value, double Error)> points = [];

    /// <summary>R lines that define the covariates.</summary>
    internal string Definitions => text.ToString();

    /// <summary>mgcv's <c>knots</c>.</summary>
    internal string Knots => $"list({string.Join(", ", knots)})";

    /// <summary>Columns to add to the rows: covariates as they were fitted, where they were rounded.</summary>
    internal List<NumericColumn> Rounded { get; } = [];

    /// <summary>The term's piece of the formula.</summary>
    internal string Piece(DesignTerm term, GlmFit fit)
    {
        var part = term.Parts[0];
        var name = RText.Name(part.InputName, taken);
        var piece = term.Encoded.Coders.Count > 0 ? Levels(part, name) : Curve(part, name);
        var words = $"s({name})";
        if (part.Coder is not null)
        {
            foreach (var level in fit.Relativities.First(own => own.Term == term.Name).Levels)
                points.Add((words, double.NaN, level.Level, level.Coefficient, level.StandardError));
        }
        foreach (var point in fit.Smooths.First(own => own.Term == term.Name).Curve)
            points.Add((words, point.X, null, point.Value, point.StandardError));
        return piece;
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

    string Curve(TermPart part, string name)
    {
        var (smooth, basis) = ((SmoothTerm)part.Term, (SplineBasis)part.Basis!);
        var values = new double[column(part.InputName).RowCount];
        column(part.InputName).CopySlots(0, values);
        foreach (ref var value in values.AsSpan())
            value = double.IsNaN(value) ? basis.WhenMissing : value;
        // More than a thousand distinct values are fitted on an even grid; mgcv's gam would not round them.
        var read = $"{part.InputName} as fitted by {part.Term.Name}";
        var bins = Bins.Of(values);
        Rounded.Add(new(read, Array.ConvertAll(bins.CodesOf(values), code => bins.Values[code])));
        text.Append("d$").Append(name).Append(" <- rows[[").Append(RText.Of(read)).Append("]]\n");
        if (smooth.Basis == SmoothKind.PSpline)
            return $"s({name}, bs = \"ps\", k = {basis.Width}, m = c(2, {smooth.PenaltyOrder}))";
        knots.Add($"{name} = {RText.Of(basis.Shape.Knots.Distinct())}");
        return $"s({name}, bs = \"cr\", k = {basis.Width})";
    }

    string Levels(TermPart part, string name)
    {
        var variables = new RVariables(column);
        variables.Of(part with { BaseLevel = 0 }, new Dictionary<int, double>());
        var definition = variables.Definitions;
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
