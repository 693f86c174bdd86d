namespace Halley.Glm;

/// <summary>The penalty of a model, coefficient by coefficient, before a strength is chosen.</summary>
/// <param name="Columns">Shape (p): the design's order, the constant first.</param>
/// <param name="Chains">Terms whose coefficients are steps.</param>
/// <param name="GroupWeights">v·√(number of coefficients) of each group.</param>
sealed record PenaltyLayout(PenaltyColumn[] Columns, IReadOnlyList<PenaltyChain> Chains, double[] GroupWeights)
{
    internal int Count => Columns.Length;

    /// <summary>The model's penalty in the design's order.</summary>
    /// <param name="scales">Standard deviation by which each column was divided, shape (p); 1 for levels.</param>
    /// <param name="spreads">Standard deviation of each column as declared, shape (p).</param>
    /// <exception cref="Halley.Data.HalleyException">HLY2131: the penalty names a term that can't bear it.</exception>
    internal static PenaltyLayout Of(GlmDesign design, GlmPenalty penalty, double[] scales, double[] spreads)
    {
        var places = new Dictionary<int, int>();
        for (var i = 0; i < design.Order.Length; i++)
            places.Add(design.Order[i], i);
        var columns = new PenaltyColumn[design.Order.Length];
        columns[0] = PenaltyColumn.Free;
        var (chains, groups) = (new List<PenaltyChain>(), new List<double>());
        PenaltyErrors.RefuseUnknownTerms(penalty, design.Terms);
        for (var t = 0; t < design.Terms.Count; t++)
        {
            var term = design.Terms[t];
            var rule = penalty.Terms.FirstOrDefault(rule => rule.Term == term.Name) ?? new(term.Name);
            var own = OwnPlaces(design, t, places);
            var chained = rule.Kind is PenaltyKind.Steps or PenaltyKind.Pairs || rule.Monotone != MonotoneRule.Free;
            if (chained)
                chains.Add(ChainOf(design, t, rule, places));
            if (rule.Kind == PenaltyKind.Group)
                groups.Add(rule.Weight * Math.Sqrt(own.Count));
            foreach (var place in own)
            {
                var scaled = penalty.Scale switch
                {
                    PenaltyScale.All => true,
                    PenaltyScale.Numbers => !design.IsLevelOnly(design.Order[place]),
                    _ => false,
                };
                columns[place] = new(
                    rule.Weight,
                    (scaled ? spreads[place] : 1) / scales[place],
                    (rule.Lower ?? double.NegativeInfinity) * scales[place],
                    (rule.Upper ?? double.PositiveInfinity) * scales[place],
                    rule.Kind == PenaltyKind.Group ? groups.Count - 1 : -1
                );
            }
        }
        return new(columns, chains, [.. groups]);
    }

    static List<int> OwnPlaces(GlmDesign design, int t, Dictionary<int, int> places) =>
        [
            .. Enumerable
                .Range(design.TermStarts[t], design.Terms[t].Encoded.CoefficientCount)
                .Where(places.ContainsKey)
                .Select(full => places[full]),
        ];

    static PenaltyChain ChainOf(GlmDesign design, int t, PenaltyTerm rule, Dictionary<int, int> places)
    {
        var term = design.Terms[t];
        if (term.Parts is not [{ Coder: not null, Contrasts: true } part])
        {
            PenaltyErrors.ThrowNoChain(rule);
            return null;
        }
        // A missing level of its own has no neighbours.
        var ordered = Enumerable
            .Range(0, term.Encoded.CellCount)
            .Where(cell => rule.Kind == PenaltyKind.Pairs || part.Coder.Levels[cell] != LevelTerm.MissingLevel);
        int[] levels = [.. ordered.Select(cell => places.GetValueOrDefault(design.TermStarts[t] + cell, -1))];
        if (!levels.Contains(-1))
            PenaltyErrors.ThrowMissingBase(rule);
        return new(levels, rule.Kind, rule.Monotone, rule.Weight);
    }
}
