namespace Halley.Optimization;

/// <summary>Turns written limits into those of the price problem; policies with equal memberships share a class.</summary>
sealed class PortfolioRules
{
    readonly PortfolioSpec _spec;
    readonly PortfolioRows _rows;
    readonly Func<int, bool>[] _where;
    readonly Func<int, bool>[] _against;
    readonly List<int> _firstRow = [];

    internal PortfolioRules(PortfolioSpec spec, PortfolioRows rows, Table table)
    {
        (_spec, _rows) = (spec, rows);
        _where = [.. spec.Limits.Select(limit => Member(limit.Where, table))];
        _against = [.. spec.Limits.Select(limit => limit.Against is null ? _ => false : Member(limit.Against, table))];
        Classes = new ushort[rows.Count];
        var known = new Dictionary<string, ushort>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
        {
            var key = string.Concat(
                Enumerable.Range(0, _where.Length).Select(l => (_where[l](row) ? "1" : "0") + (_against[l](row) ? "1" : "0"))
            );
            if (!known.TryGetValue(key, out var one))
            {
                known[key] = one = (ushort)known.Count;
                _firstRow.Add(row);
            }
            Classes[row] = one;
        }
    }

    internal ushort[] Classes { get; }

    /// <summary>Whether a policy counts for a limit.</summary>
    internal bool IsMember(int limit, int row) => _where[limit](row);

    /// <param name="hasCurves">Whether menus come from a decision.</param>
    internal static IReadOnlyList<string> Validate(PortfolioSpec spec, bool hasCurves)
    {
        var problems = new List<string>();
        if (!hasCurves && (spec.Premium is null || spec.Cost is null || spec.Chance is null || spec.Slope is null))
            problems.Add("without a decision, name the columns 'premium', 'cost', 'chance' and 'slope'.");
        if (!(spec.From > -1 && spec.From < spec.To && double.IsFinite(spec.To)))
            problems.Add(FormattableString.Invariant($"the menu goes from {spec.From} to {spec.To}: give -1 < from < to."));
        if (spec.Prices is < 2 or > 1_000)
            problems.Add($"the menu has {spec.Prices} prices: choose from 2 to 1,000.");
        if (!(spec.SlopeError is >= 0 and < 1))
            problems.Add(FormattableString.Invariant($"the error of the slope is {spec.SlopeError}: choose one in [0, 1)."));
        problems.AddRange(
            spec.Limits.GroupBy(limit => limit.Name)
                .Where(group => group.Count() > 1)
                .Select(group => $"two limits are named '{group.Key}'.")
        );
        foreach (var limit in spec.Limits)
        {
            if (limit.AtLeast is null == limit.AtMost is null)
                problems.Add($"limit '{limit.Name}': give either 'at_least' or 'at_most'.");
            if (limit.Kind == LimitKind.ChangeGap != limit.Against is not null)
                problems.Add($"limit '{limit.Name}': 'against' belongs to a change_gap, which needs it.");
        }
        return problems;
    }

    /// <summary>The limits, each with the figure that one of its own is in the problem's units.</summary>
    internal IReadOnlyList<(PortfolioLimit Limit, double Scale)> Limits(PriceMenus menus, double moneyUnit) =>
        [.. _spec.Limits.Select((rule, l) => LimitOf(rule, l, menus, moneyUnit))];

    (PortfolioLimit, double) LimitOf(PortfolioRule rule, int l, PriceMenus menus, double moneyUnit)
    {
        var (sign, figure) = rule.AtMost is { } most ? (1, most) : (-1, rule.AtLeast!.Value);
        var coefficients = new double[menus.ClassCount, menus.Measures.Count];
        var (scale, bound) = (1.0, figure);
        var (members, premium) = Sizes(_where[l]);
        if (members == 0)
            OptimizationErrors.ThrowBadOptions(
                $"limit '{rule.Name}'",
                [$"no policy has {rule.Where!.Column} = '{rule.Where.Level}'. Check the column's levels."]
            );
        switch (rule.Kind)
        {
            case LimitKind.Retention:
                Set(PortfolioMenu.Kept, 1, _where[l]);
                scale = members * PortfolioMenu.KeptUnit;
                break;
            case LimitKind.Volume:
                Set(PortfolioMenu.Premium, 1, _where[l]);
                scale = moneyUnit;
                break;
            case LimitKind.LossRatio:
                Set(PortfolioMenu.Cost, 1, _where[l]);
                Set(PortfolioMenu.Premium, -figure, _where[l]);
                (scale, bound) = (moneyUnit, 0);
                break;
            case LimitKind.AverageChange:
                Set(PortfolioMenu.Change, 1, _where[l]);
                scale = premium * moneyUnit;
                break;
            case LimitKind.ChangeGap:
                var (others, otherPremium) = Sizes(_against[l]);
                if (others == 0)
                    OptimizationErrors.ThrowBadOptions(
                        $"limit '{rule.Name}'",
                        [$"no policy has {rule.Against!.Column} = '{rule.Against.Level}'. Check the column's levels."]
                    );
                Set(PortfolioMenu.Change, 1, _where[l]);
                Set(PortfolioMenu.Change, -premium / otherPremium, _against[l]);
                scale = premium * moneyUnit;
                break;
        }
        return (
            new()
            {
                Name = rule.Name,
                Coefficients = coefficients,
                Bound = sign * bound * scale,
            },
            sign * scale
        );

        void Set(int measure, double coefficient, Func<int, bool> isMember)
        {
            for (var one = 0; one < menus.ClassCount; one++)
                coefficients[one, measure] += isMember(_firstRow[one]) ? sign * coefficient : 0;
        }
    }

    (int Count, double Premium) Sizes(Func<int, bool> isMember)
    {
        var (count, premium) = (0, 0.0);
        for (var row = 0; row < _rows.Count; row++)
        {
            if (!isMember(row))
                continue;
            count++;
            premium += _rows.Premium[row];
        }
        return (count, premium);
    }

    static Func<int, bool> Member(Segment? segment, Table table)
    {
        if (segment is null)
            return _ => true;
        var column = table[segment.Column];
        return row => column.TextAt(row) == segment.Level;
    }
}
