using System.Text;
using Halley.Data;

namespace Halley.Glm;

/// <summary>Penalised terms in mgcv's words: their covariates, their pieces of the formula, and what a fit says of their curves.</summary>
/// <param name="column">The column as the rows' file has it.</param>
/// <param name="variables">Variables of the other terms.</param>
sealed partial class RSmooths(Func<string, Column> column, RVariables variables)
{
    static readonly Dictionary<int, double> NoneGiven = [];

    readonly StringBuilder text = new();
    readonly List<string> knots = [];
    readonly List<RCurve> curves = [];
    readonly Dictionary<string, string> covariates = new(StringComparer.Ordinal);

    /// <summary>R lines that define the covariates.</summary>
    internal string Definitions => text.ToString();

    /// <summary>mgcv's <c>knots</c>.</summary>
    internal string Knots => $"list({string.Join(", ", knots)})";

    /// <summary>Columns to add to the rows: covariates as they were fitted, where they were rounded.</summary>
    internal List<NumericColumn> Rounded { get; } = [];

    /// <summary>Weights of the penalties in the order of the pieces, on the scale of the penalties that mgcv scales.</summary>
    internal List<double> Weights { get; } = [];

    /// <summary>The term's pieces of the formula: more than one where it has a curve for each of several columns of numbers.</summary>
    internal IEnumerable<string> Pieces(DesignTerm term, GlmFit fit)
    {
        SmoothSummary[] own = [.. fit.Smooths.Where(smooth => smooth.Term == term.Name)];
        foreach (var smooth in own)
        {
            var weights = smooth.Lambdas ?? [smooth.Lambda];
            Weights.AddRange(weights.Zip(term.Smooth!.Penalties, (weight, penalty) => weight * penalty.Largest));
        }
        if (term.Margins.Count > 0)
            return CurvePieces(term, own);
        return term.Parts.Any(part => part.Term is NeighbourTerm) ? [Map(term, fit)] : LevelPieces(term, fit);
    }

    /// <summary>Where the curves are compared.</summary>
    internal Table Points()
    {
        var points = curves.SelectMany(curve => curve.Points.Select(point => (Curve: curve, Point: point))).ToArray();
        var (numbers, factors) = (curves.Max(curve => curve.Numbers.Count), curves.Max(curve => curve.Factors.Count));
        TextColumn Text(string name, Func<RCurve, RCurvePoint, string?> value) =>
            new(name, [.. points.Select(own => value(own.Curve, own.Point))]);
        NumericColumn Number(string name, Func<RCurvePoint, double> value) =>
            new(name, [.. points.Select(own => value(own.Point))]);
        return new([
            Text("smooth", (curve, _) => curve.Label),
            Text("numbers", (curve, _) => string.Join(' ', curve.Numbers)),
            Text("factors", (curve, _) => string.Join(' ', curve.Factors)),
            .. Enumerable
                .Range(0, numbers)
                .Select(k => Number($"x{k + 1}", point => k < point.At.Count ? point.At[k] : double.NaN)),
            .. Enumerable
                .Range(0, factors)
                .Select(k => Text($"level{k + 1}", (_, point) => k < point.Levels.Count ? point.Levels[k] : null)),
            Number("value", point => point.Value),
            Number("std_error", point => point.Error),
        ]);
    }

    /// <summary>A smooth's covariate; several smooths of one column share it.</summary>
    /// <param name="sharing">What else tells it from others of the column: surfaces round and place knots by themselves.</param>
    string Covariate(TermPart part, int limit, string sharing)
    {
        var basis = (SplineBasis)part.Basis!;
        var key = $"{part.InputName} {InvariantText.Of(basis.WhenMissing)} {sharing}";
        if (covariates.TryGetValue(key, out var known))
            return known;
        var name = RText.Name(part.InputName, variables.Taken);
        covariates.Add(key, name);
        // More distinct values than the limit are fitted on an even grid; mgcv's gam would not round them.
        Rounded.Add(new($"{part.InputName} as fitted by {part.Term.Name}{sharing}", Binned(part, basis.WhenMissing, limit)));
        text.Append("d$").Append(name).Append(" <- rows[[").Append(RText.Of(Rounded[^1].Name)).Append("]]\n");
        return name;
    }

    double[] Binned(TermPart part, double whenMissing, int limit)
    {
        var values = new double[column(part.InputName).RowCount];
        column(part.InputName).CopySlots(0, values);
        foreach (ref var value in values.AsSpan())
            value = double.IsNaN(value) ? whenMissing : value;
        var bins = Bins.Of(values, limit);
        return Array.ConvertAll(bins.CodesOf(values), code => bins.Values[code]);
    }

    void AddKnots(TermPart part, string name)
    {
        var basis = (SplineBasis)part.Basis!;
        if (((SmoothTerm)part.Term).Basis == SmoothKind.PSpline)
            return;
        var own = $"{name} = {RText.Of(basis.Shape.Knots.Distinct())}";
        if (knots.Any(other => other != own && other.StartsWith($"{name} = ", StringComparison.Ordinal)))
            throw GlmErrors.NotInR(
                $"mgcv takes one list of knots for each covariate, and smooths of '{part.InputName}' have different ones",
                "Give them one size"
            );
        if (!knots.Contains(own))
            knots.Add(own);
    }

    /// <summary>The cells of levels that have a curve each; ordered with a first level that has none where some cells have none, as mgcv asks.</summary>
    string By(DesignTerm term)
    {
        TermPart[] parts = [.. term.LevelParts.Where(part => part.Term is not NeighbourTerm)];
        string[] own = [.. parts.Select(part => variables.Of(part, NoneGiven))];
        var name = RText.Name($"{string.Join('_', own)}_by", variables.Taken);
        var cells = own.Select(variable => $"as.character(d${variable})");
        text.Append("d$").Append(name).Append(" <- ");
        text.Append(own.Length == 1 ? cells.First() : $"paste({string.Join(", ", cells)}, sep = \":\")").Append('\n');
        string[] shown =
        [
            .. term.Smooth!.Curves.Index().Where(place => place.Item >= 0).Select(place => term.CurveLabel(place.Index)),
        ];
        var isOrdered = parts.Any(part => part.Contrasts);
        const string none = "(no curve)";
        if (isOrdered)
            text.Append("d$")
                .Append(name)
                .Append("[!(d$")
                .Append(name)
                .Append(" %in% ")
                .Append(RText.Of(shown))
                .Append(")] <- ")
                .Append(RText.Of(none))
                .Append('\n');
        text.Append("d$").Append(name).Append(" <- factor(d$").Append(name).Append(", levels = ");
        text.Append(RText.Of(isOrdered ? shown.Prepend(none) : shown)).Append(isOrdered ? ", ordered = TRUE)\n" : ")\n");
        return name;
    }
}
