using System.Globalization;

namespace Halley.Registry;

/// <summary>Attributes kept out of decision and models are no source of unfairness either: claims follow expectation at every level.</summary>
/// <remarks>Passing tells that nobody is charged beyond the claims of their group; the proxies named tell how the group could still be guessed.</remarks>
public sealed record ProtectedGate : Gate
{
    /// <summary>Columns of portfolio and data, for example <c>gender</c>.</summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>Confidence of all intervals of an attribute together. Range (0, 1). Default 0.99.</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>Levels that expect less are not judged. Range: at least 0. Default 5.</summary>
    public double MinimumExpected { get; init; } = 5;

    /// <summary>Largest association of any field with the attribute; null for no limit. Range (0, 1].</summary>
    public double? MaximumAssociation { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (Attributes.Count == 0)
            yield return "it names no attribute";
        if (!(Confidence is > 0 and < 1))
            yield return "confidence must lie between 0 and 1";
        if (!(MinimumExpected >= 0))
            yield return "minimum_expected must be at least 0";
        if (MaximumAssociation is { } limit && !(limit is > 0 and <= 1))
            yield return "maximum_association must lie in (0, 1]";
    }

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not ProtectedEvidence found)
            return Fail(
                "Nobody looked how the release treats protected attributes.",
                "Name a portfolio that holds the attributes, in the project whose data the models learned from."
            );
        if (found.Attributes.FirstOrDefault(one => one.ReadBy.Count > 0) is { } read)
            return Fail(
                $"{read.Name} is read by {string.Join(", ", read.ReadBy)}.",
                "Take the attribute out of the decision and its models.",
                segment: read.Name
            );
        var outside = found
            .Attributes.SelectMany(one => one.Levels.Where(IsOutside).Select(level => (Attribute: one, Level: level)))
            .OrderByDescending(pair => Math.Abs(Math.Log(pair.Level.Ratio)))
            .ToList();
        if (outside.Count > 0)
        {
            var (attribute, level) = outside[0];
            return Fail(
                $"Claims do not follow expectation by {attribute.Name}, most at {level.Describe()}. {Proxies(attribute)}",
                "Look at the proxies named: refit without the strongest, or with factors that explain the difference.",
                level.Ratio,
                1,
                $"{attribute.Name} = {level.Level}"
            );
        }
        var strongest = found
            .Attributes.SelectMany(one => one.Proxies.Take(1).Select(proxy => (Attribute: one, Proxy: proxy)))
            .OrderByDescending(pair => pair.Proxy.Association)
            .FirstOrDefault();
        if (MaximumAssociation is { } limit && strongest.Proxy is { } proxy && !(proxy.Association <= limit))
            return Fail(
                $"{proxy.Field} tells too much about {strongest.Attribute.Name}. {Proxies(strongest.Attribute)}",
                "Leave the field out, or coarsen it.",
                proxy.Association,
                limit,
                strongest.Attribute.Name
            );
        return Pass(
            $"Claims follow expectation at every level of {string.Join(", ", Attributes)}. {string.Join(" ", found.Attributes.Select(Proxies))}",
            strongest.Proxy?.Association,
            MaximumAssociation
        );
    }

    // Written so that a NaN is outside.
    bool IsOutside(ProtectedLevel level) => level.Expected >= MinimumExpected && !(level.Lower <= 1 && level.Upper >= 1);

    static string Proxies(ProtectedAttribute attribute) =>
        attribute.Proxies.Count == 0
            ? $"No field was compared with {attribute.Name}."
            : $"Strongest proxies of {attribute.Name}: {string.Join(", ", attribute.Proxies.Take(3).Select(proxy => string.Create(CultureInfo.InvariantCulture, $"{proxy.Field} {proxy.Association:0.00}")))}.";
}
