namespace Halley.Glm;

/// <summary>"The term has no effect" as linear forms in the declared coefficients: type III.</summary>
/// <remarks>
/// Where no other term holds the term's parts, the forms are its own coefficients. Where an interaction does, the term's effect is
/// averaged over the levels of the other factors, each with the same weight, and taken at 0 of other numbers; within the term's own
/// factors it is the part that sums to zero. The same as R's <c>car::Anova(type = 3)</c> under sum-to-zero contrasts, whatever base
/// levels the coefficients have. Source: Fox (2016), Applied Regression Analysis, section 8.2.
/// </remarks>
sealed class TermHypothesis(PreparedDesign prepared)
{
    readonly GlmDesign design = prepared.Design;
    readonly Dictionary<int, int> places = prepared.Active.Select((full, i) => (full, i)).ToDictionary();

    /// <summary>Whether an interaction holds all of the term's parts.</summary>
    internal bool IsMarginal(int t) => Enumerable.Range(0, design.Terms.Count).Any(other => other != t && Holds(other, t));

    /// <summary>Forms over the active columns, one a row; some may follow from others.</summary>
    internal IReadOnlyList<double[]> Forms(int t)
    {
        if (IsMarginal(t))
            return Averaged(t);
        var own = new List<double[]>();
        var start = design.TermStarts[t];
        for (var full = start; full < start + design.Terms[t].ColumnCount; full++)
        {
            if (places.TryGetValue(full, out var place))
                own.Add(Unit(place));
        }
        return own;
    }

    List<double[]> Averaged(int t)
    {
        var term = design.Terms[t];
        var width = term.Encoded.Width;
        var forms = new List<double[]>();
        for (var column = 0; column < width; column++)
        {
            var effects = new double[term.Encoded.CellCount][];
            for (var cell = 0; cell < effects.Length; cell++)
                effects[cell] = Effect(t, cell, column);
            forms.AddRange(SumToZero(term, effects));
        }
        return forms;
    }

    /// <summary>The averaged effect of one of the term's cells.</summary>
    double[] Effect(int t, int cell, int column)
    {
        var form = new double[prepared.Active.Length];
        var own = design.Terms[t];
        var codes = own.CodesOf(cell);
        for (var other = 0; other < design.Terms.Count; other++)
        {
            var term = design.Terms[other];
            if (other != t && !(Holds(other, t) && term.Encoded.Bases.Count == own.Encoded.Bases.Count))
                continue;
            int[] matches =
            [
                .. Enumerable
                    .Range(0, term.Encoded.CellCount)
                    .Where(otherCell => Agrees(term, term.CodesOf(otherCell), own, codes)),
            ];
            foreach (var otherCell in matches)
            {
                if (places.TryGetValue(design.TermStarts[other] + otherCell * term.Encoded.Width + column, out var place))
                    form[place] += 1.0 / matches.Length;
            }
        }
        return form;
    }

    /// <summary>Takes from the effects their means along each factor that the model also holds without.</summary>
    static double[][] SumToZero(DesignTerm term, double[][] effects)
    {
        TermPart[] factors = [.. term.LevelParts];
        for (var f = 0; f < factors.Length; f++)
        {
            if (!factors[f].Contrasts)
                continue;
            var centred = new double[effects.Length][];
            for (var cell = 0; cell < effects.Length; cell++)
            {
                var codes = term.CodesOf(cell);
                var mean = new double[effects[cell].Length];
                var count = factors[f].Coder!.Levels.Count;
                for (var other = 0; other < effects.Length; other++)
                {
                    var otherCodes = term.CodesOf(other);
                    if (!codes.Where((code, i) => i != f && code != otherCodes[i]).Any())
                        Kernels.Reduce.AddScaled(1.0 / count, effects[other], mean);
                }
                centred[cell] = [.. effects[cell].Select((value, i) => value - mean[i])];
            }
            effects = centred;
        }
        return effects;
    }

    bool Holds(int whole, int part)
    {
        if (design.Terms[whole].Smooth is not null)
            return false;
        var names = design.Terms[whole].Parts.Select(own => own.Term.Name).ToHashSet(StringComparer.Ordinal);
        return design.Terms[whole].Parts.Count > design.Terms[part].Parts.Count
            && design.Terms[part].Parts.All(own => names.Contains(own.Term.Name));
    }

    static bool Agrees(DesignTerm whole, int[] wholeCodes, DesignTerm own, int[] codes)
    {
        var names = whole.LevelParts.Select(part => part.Term.Name).ToList();
        return own.LevelParts.Select((part, i) => wholeCodes[names.IndexOf(part.Term.Name)] == codes[i]).All(same => same);
    }

    double[] Unit(int place)
    {
        var unit = new double[prepared.Active.Length];
        unit[place] = 1;
        return unit;
    }
}
