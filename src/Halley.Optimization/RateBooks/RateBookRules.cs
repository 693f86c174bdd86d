namespace Halley.Optimization;

/// <summary>The book's own rules: caps, order, smoothness and rounding.</summary>
static class RateBookRules
{
    /// <summary>All problems at once.</summary>
    internal static IReadOnlyList<string> Validate(RateBookSpec spec)
    {
        var problems = new List<string>(PortfolioRules.Validate(spec.Portfolio, hasCurves: false));
        if (spec.Factors.Count == 0)
            problems.Add("the rate book has no factor: name at least one.");
        if (!(spec.Rounding is >= 0 and < 1))
            problems.Add(FormattableString.Invariant($"relativities are rounded to {spec.Rounding}: choose from 0 to below 1."));
        foreach (var factor in spec.Factors)
        {
            if (factor.Levels.Count == 0)
                problems.Add($"factor '{factor.Column}' has no level.");
            problems.AddRange(
                factor
                    .Levels.Where(level => !(level.Value > 0) || !double.IsFinite(level.Value))
                    .Select(level =>
                        FormattableString.Invariant(
                            $"factor '{factor.Column}', level '{level.Key}': {level.Value} is not above zero."
                        )
                    )
            );
            if (!(factor.Cap is > 0 and < 1))
                problems.Add(
                    FormattableString.Invariant($"factor '{factor.Column}': a cap of {factor.Cap}: choose one between 0 and 1.")
                );
            if (factor.Smoothness is { } step && !(step > 0))
                problems.Add(FormattableString.Invariant($"factor '{factor.Column}': a step of {step}: choose one above zero."));
        }
        return problems;
    }

    /// <summary>Least and largest step of logarithms from a level to the next.</summary>
    internal static (double Low, double High) Step(RateFactor factor)
    {
        var largest = factor.Smoothness is { } step ? Math.Log(1 + step) : double.PositiveInfinity;
        return (factor.Order == RateOrder.Rising ? 0 : -largest, factor.Order == RateOrder.Falling ? 0 : largest);
    }

    /// <summary>Rules that a book of relativities breaks, in words.</summary>
    internal static IReadOnlyList<string> Broken(RateBookSpec spec, double[] relativities)
    {
        const double Tolerance = 1e-7;
        var (broken, start) = (new List<string>(), 0);
        foreach (var factor in spec.Factors)
        {
            var (low, high) = Step(factor);
            for (var l = 0; l < factor.Levels.Count; l++)
            {
                var (today, value) = (factor.Levels[l].Value, relativities[start + l]);
                if (Math.Abs(value / today - 1) > factor.Cap + Tolerance)
                    broken.Add(
                        FormattableString.Invariant(
                            $"factor '{factor.Column}', level '{factor.Levels[l].Key}': {value} is more than {factor.Cap:P0} from {today}"
                        )
                    );
                if (l == 0)
                    continue;
                var step = Math.Log(value / relativities[start + l - 1]);
                if (step < low - Tolerance || step > high + Tolerance)
                    broken.Add(
                        FormattableString.Invariant(
                            $"factor '{factor.Column}', level '{factor.Levels[l].Key}': {value} after {relativities[start + l - 1]} breaks order or smoothness"
                        )
                    );
            }
            start += factor.Levels.Count;
        }
        return broken;
    }
}
