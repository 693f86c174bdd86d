namespace Halley.Glm;

/// <summary>Which levels of a held term its rule makes equal, and which stand at a limit.</summary>
sealed class LevelPooling
{
    /// <summary>Coefficients nearer than this are equal: a search within limits ends on them exactly, up to rounding.</summary>
    const double Near = 1e-9;

    readonly LevelTerm term;
    readonly TermPart part;
    readonly double lower;
    readonly double upper;
    readonly int[] chain;
    readonly int[] groupOf;
    readonly Dictionary<int, double> limits = [];

    /// <param name="coefficients">By level, within the rule. Shape (levels).</param>
    internal LevelPooling(LevelTerm term, DesignTerm design, double? lower, double? upper, IReadOnlyList<double> coefficients)
    {
        (this.term, part) = (term, design.Parts[0]);
        (this.lower, this.upper) = (lower ?? double.NegativeInfinity, upper ?? double.PositiveInfinity);
        groupOf = [.. Enumerable.Range(0, coefficients.Count)];
        // A missing level of its own has no neighbours.
        chain = IsMonotone ? [.. groupOf.Where(level => part.Coder!.Levels[level] != LevelTerm.MissingLevel)] : [];
        Tighten(coefficients);
    }

    internal string Name => term.Name;

    internal LevelCoder Levels => part.Coder!;

    internal int BaseLevel => part.BaseLevel;

    /// <summary>Group of a level, as the pooled term counts them.</summary>
    internal int GroupOf(int level) => groupOf[level];

    bool IsMonotone => term.Monotone is MonotoneRule.Rising or MonotoneRule.Falling;

    /// <summary>Makes equal what is out of order, and puts what is beyond a limit on it.</summary>
    /// <param name="coefficients">By level; levels of a group have one. Shape (levels).</param>
    /// <returns>Whether anything changed.</returns>
    internal bool Tighten(IReadOnlyList<double> coefficients)
    {
        var changed = false;
        for (var place = 1; place < chain.Length; place++)
        {
            var (before, own) = (chain[place - 1], chain[place]);
            var step = (coefficients[own] - coefficients[before]) * (term.Monotone == MonotoneRule.Falling ? -1 : 1);
            if (step <= Near && groupOf[own] != groupOf[before])
                changed |= Join(groupOf[before], groupOf[own]);
        }
        for (var level = 0; level < groupOf.Length && !IsMonotone; level++)
        {
            var limit =
                coefficients[level] <= lower + Near ? lower
                : coefficients[level] >= upper - Near ? upper
                : double.NaN;
            if (level != BaseLevel && double.IsFinite(limit))
                changed |= limits.TryAdd(level, limit);
        }
        return changed;
    }

    bool Join(int kept, int left)
    {
        for (var level = 0; level < groupOf.Length; level++)
        {
            if (groupOf[level] == left)
                groupOf[level] = kept;
            else if (groupOf[level] > left)
                groupOf[level]--;
        }
        return true;
    }

    /// <summary>The term with the groups in place of levels, and with the limits given.</summary>
    internal DesignTerm Pooled()
    {
        var coder = new PooledCoder(Levels, [.. Groups().Select(NameOf)], groupOf);
        return new(term.Name, [part with { Coder = coder, BaseLevel = groupOf[BaseLevel] }])
        {
            Fixed = limits.ToDictionary(pair => groupOf[pair.Key], pair => pair.Value),
        };
    }

    /// <summary>What the rule did, for a reader of the fit; null where it did nothing.</summary>
    internal string? Note()
    {
        var joined = Groups().Where(group => group.Length > 1).Select(NameOf).ToList();
        var rule = term.Monotone == MonotoneRule.Rising ? "rising" : "falling";
        if (joined.Count > 0)
            return $"'{Name}' is held {rule}: one relativity for {string.Join(" and for ", joined)}. Its intervals and tests, and those of other terms, "
                + "take these levels for one, as if that had been known before the fit.";
        var at = limits.Keys.Order().Select(level => $"'{Levels.Levels[level]}'").ToList();
        if (at.Count > 0)
            return $"'{Name}' is held within limits: {string.Join(", ", at)} {(at.Count == 1 ? "is at one" : "are at one")} and {(at.Count == 1 ? "has" : "have")} no interval; "
                + "intervals and tests of the rest take the limit for given.";
        return null;
    }

    IEnumerable<int[]> Groups() =>
        Enumerable
            .Range(0, groupOf.Length)
            .GroupBy(level => groupOf[level])
            .OrderBy(group => group.Key)
            .Select(group => group.ToArray());

    string NameOf(int[] levels) => string.Join(" + ", levels.Select(level => Levels.Levels[level]));
}
