namespace Halley.Registry;

/// <summary>Which share of its final amount an outcome has reached by the age of its decision: young claims are not good claims.</summary>
/// <remarks>
/// The share is linear between the ages given, 0 at age 0, and stays at the last. An amount known at age a counts as amount / share(a),
/// which has the final amount's mean wherever the pattern holds; this is the chain ladder's grossing-up, decision by decision.
/// Source: Mack (1993), Distribution-free calculation of the standard error of chain ladder reserve estimates, ASTIN Bulletin 23(2), 213.
/// </remarks>
/// <param name="Ages">Ages with the share of the final amount known by then, on average over claims with and without an amount.</param>
public sealed record DevelopmentPattern(IReadOnlyList<DevelopmentAge> Ages)
{
    /// <summary>The share known at an age, in [0, last share].</summary>
    public double ShareAt(double days)
    {
        var (before, share) = (0.0, 0.0);
        foreach (var age in Ages)
        {
            if (days < age.Days)
                return share + (age.Share - share) * Math.Max(0, days - before) / (age.Days - before);
            (before, share) = (age.Days, age.Share);
        }
        return share;
    }

    internal IEnumerable<string> Problems()
    {
        if (Ages.Count == 0)
            yield return "a development pattern has no ages";
        for (var i = 0; i < Ages.Count; i++)
        {
            var (days, share) = Ages[i];
            if (!(days > (i > 0 ? Ages[i - 1].Days : 0)) || !double.IsFinite(days))
                yield return FormattableString.Invariant($"the ages of a development pattern must rise above 0: {days} days");
            // A share above 1 is real: reserves may be released.
            if (!(share is > 0 and <= 2))
                yield return FormattableString.Invariant($"the share {share} of a development pattern must lie in (0, 2]");
        }
    }
}
