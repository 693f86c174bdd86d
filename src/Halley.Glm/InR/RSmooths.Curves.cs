namespace Halley.Glm;

/// <summary>Smooths and surfaces: <c>s</c>, <c>te</c> and <c>ti</c>.</summary>
sealed partial class RSmooths
{
    List<string> CurvePieces(DesignTerm term, SmoothSummary[] own)
    {
        var margins = term.Margins;
        var isSurface = margins.Count > 1;
        var multiplies = term.Parts.Any(part => part.Basis is not null && part.Term is not SmoothTerm);
        if (!isSurface && multiplies && margins[0].Contrasts)
            throw GlmErrors.NotInR(
                $"'{term.Name}' stands beside the number that it multiplies, and mgcv has no curve that sums to zero there",
                "Leave that number out: the curve then holds its slope, and the model is the same"
            );
        var sharing = isSurface ? $" in {term.Name}" : "";
        string[] names = [.. margins.Select(part => Covariate(part, term.Smooth!.BinLimit, sharing))];
        foreach (var (part, name) in margins.Zip(names))
            AddKnots(part, name);
        var call = isSurface ? SurfaceCall(margins, names) : CurveCall(margins[0], names[0]);
        var label = $"{call[..call.IndexOf('(', StringComparison.Ordinal)]}({string.Join(',', names)})";
        if (multiplies)
            return
            [
                .. own.Zip(
                    Multiples(term),
                    (smooth, by) =>
                    {
                        Add(new($"{label}:{by}", [.. names, by], []), smooth, [1], []);
                        return $"{call}, by = {by})";
                    }
                ),
            ];
        if (!term.IsByLevel)
        {
            Add(new(label, names, []), own[0], [], []);
            return [$"{call})"];
        }
        var levels = By(term);
        foreach (var smooth in own)
            Add(new($"{label}:{levels}{smooth.Level}", names, [levels]), smooth, [], [smooth.Level!]);
        return [$"{call}, by = {levels})"];
    }

    void Add(RCurve curve, SmoothSummary smooth, double[] more, string[] levels)
    {
        curve.Points.AddRange(
            smooth.Curve.Select(point => new RCurvePoint([point.X, .. more], levels, point.Value, point.StandardError))
        );
        curve.Points.AddRange(
            (smooth.Surface ?? []).Select(point => new RCurvePoint(
                [.. point.At, .. more],
                levels,
                point.Value,
                point.StandardError
            ))
        );
        curves.Add(curve);
    }

    static string CurveCall(TermPart part, string name)
    {
        var (smooth, basis) = ((SmoothTerm)part.Term, part.Basis!);
        return smooth.Basis == SmoothKind.PSpline
            ? $"s({name}, bs = \"ps\", k = {basis.Width}, m = c(2, {smooth.PenaltyOrder})"
            : $"s({name}, bs = \"cr\", k = {basis.Width}";
    }

    /// <summary>A margin that sums to zero by itself is ti's; penalties are on the margins' own coefficients.</summary>
    static string SurfaceCall(IReadOnlyList<TermPart> margins, string[] names)
    {
        var isPart = margins.Any(part => part.Contrasts);
        var kinds = margins.Select(part => ((SmoothTerm)part.Term).Basis == SmoothKind.PSpline ? "ps" : "cr");
        var orders = margins.Select(part => $"c(2, {((SmoothTerm)part.Term).PenaltyOrder})");
        var centred = string.Join(", ", margins.Select(part => part.Contrasts ? "TRUE" : "FALSE"));
        return $"{(isPart ? "ti" : "te")}({string.Join(", ", names)}, bs = {RText.Of(kinds)}, k = {RText.Of(margins.Select(part => (double)part.Basis!.Width))}, "
            + $"m = list({string.Join(", ", orders)}), np = FALSE{(isPart ? $", mc = c({centred})" : "")}";
    }

    /// <summary>A variable for each curve that multiplies a number: the number in rows of the curve's levels, 0 elsewhere.</summary>
    IEnumerable<string> Multiples(DesignTerm term)
    {
        TermPart[] parts = [.. term.Parts.Where(part => part.Term is not SmoothTerm)];
        var alone = new DesignTerm(term.Name, parts);
        var names = parts.ToDictionary(
            part => part,
            part => part.Coder is null ? AsFitted(term, part) : variables.Of(part, NoneGiven)
        );
        for (var place = 0; place < term.Smooth!.Curves.Length; place++)
        {
            if (term.Smooth.Curves[place] < 0)
                continue;
            var (cell, multiple) = Math.DivRem(place, term.Multiples);
            var factors = new List<string>();
            foreach (var (part, index) in alone.PartsAt(cell, multiple))
            {
                if (part.Coder is not null)
                {
                    factors.Add($"(d${names[part]} == {RText.Of(part.Coder.Levels[index])})");
                    continue;
                }
                var name = names[part];
                factors.Add(part.Basis!.Width == 1 ? $"d${name}" : $"d${name}[, {index + 1}]");
            }
            var own = RText.Name($"{term.Name}_by", variables.Taken);
            text.Append("d$").Append(own).Append(" <- as.numeric(").AppendJoin(" * ", factors).Append(")\n");
            yield return own;
        }
    }

    /// <summary>A variable of a number that curves multiply, rounded as it was fitted.</summary>
    string AsFitted(DesignTerm term, TermPart part)
    {
        var (limit, whenMissing) = (term.Smooth!.BinLimit, part.Basis!.WhenMissing);
        var exact = Binned(part, whenMissing, int.MaxValue);
        var rounded = Binned(part, whenMissing, limit);
        if (exact.AsSpan().SequenceEqual(rounded))
            return variables.Of(part, NoneGiven);
        if (part.Term is PolynomialTerm { Orthogonal: true })
            throw GlmErrors.NotInR(
                $"'{term.Name}' rounds '{part.InputName}', and an orthogonal polynomial of rounded values is another",
                "Leave orthogonal out"
            );
        Rounded.Add(new($"{part.InputName} as multiplied in {term.Name}", rounded));
        return Define(
            part with
            {
                InputName = Rounded[^1].Name,
            },
            RText.Name($"{part.InputName}_rounded", variables.Taken),
            Rounded[^1]
        );
    }
}
