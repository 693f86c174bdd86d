using System.Globalization;
using System.Text;
using Halley.Data;
using Halley.Glm;

namespace Halley.Specs;

/// <summary>Terms as a model file has them, each on one line: <c>{ bands: age, cuts: [25, 60] }</c>.</summary>
public static class TermText
{
    /// <summary>The line; reading it gives an equal term.</summary>
    public static string Of(Term term)
    {
        var keys = term is InteractionTerm both
            ? [$"interaction: [{string.Join(", ", both.Factors.Select(Of))}]"]
            : Keys((ColumnTerm)term).Concat(Missing((ColumnTerm)term));
        var label = term.Label is null ? [] : new[] { $"label: {Quoted(term.Label)}" };
        return $"{{ {string.Join(", ", keys.Concat(label))} }}";
    }

    static IEnumerable<string> Keys(ColumnTerm term) =>
        term switch
        {
            NumericTerm => [$"number: {Quoted(term.Column)}"],
            LogTerm => [$"log: {Quoted(term.Column)}"],
            PolynomialTerm own =>
            [
                $"polynomial: {Quoted(term.Column)}",
                $"degree: {Number(own.Degree)}",
                .. own.Orthogonal ? ["orthogonal: true"] : Array.Empty<string>(),
            ],
            SplineTerm own => Spline(own),
            SmoothTerm own => Smooth(own),
            CredibilityTerm own => [$"credibility: {Quoted(term.Column)}", .. Lambda(own.Lambda)],
            NeighbourTerm own =>
            [
                $"territory: {Quoted(term.Column)}",
                $"neighbours: {{ {string.Join(", ", own.Neighbours.Select(pair => $"{Quoted(pair.Key)}: [{string.Join(", ", pair.Value.Select(Quoted))}]"))} }}",
                .. Lambda(own.Lambda),
            ],
            BandedTerm own => [$"bands: {Quoted(term.Column)}", $"cuts: {Numbers(own.Cuts)}", .. Levels(own)],
            FactorTerm own =>
            [
                $"factor: {Quoted(term.Column)}",
                .. Levels(own),
                .. own.WhenUnseen == ValueRule.Reject ? Array.Empty<string>() : [$"unseen: {Rule(own.WhenUnseen)}"],
            ],
            _ => throw new ArgumentException($"a {term.GetType().Name} has no words in a model file.", nameof(term)),
        };

    static IEnumerable<string> Spline(SplineTerm term)
    {
        yield return $"spline: {Quoted(term.Column)}";
        if (term is BSplineTerm bSpline)
        {
            yield return "kind: b_spline";
            yield return $"degree: {Number(bSpline.Degree)}";
        }
        yield return term.Knots is { } knots
            ? $"knots: {Numbers(knots)}"
            : $"degrees_of_freedom: {Number(term.DegreesOfFreedom)}";
    }

    static IEnumerable<string> Smooth(SmoothTerm term)
    {
        yield return $"smooth: {Quoted(term.Column)}";
        yield return $"size: {Number(term.Size)}";
        if (term.Basis == SmoothKind.PSpline)
        {
            yield return "kind: p_spline";
            yield return $"penalty_order: {Number(term.PenaltyOrder)}";
        }
        if (term.Knots is { } knots)
            yield return $"knots: {Numbers(knots)}";
        foreach (var lambda in Lambda(term.Lambda))
            yield return lambda;
        if (term.By is { } by)
            yield return $"by: {(by == new FactorTerm(((ColumnTerm)by).Column) ? Quoted(((ColumnTerm)by).Column) : Of(by))}";
    }

    static IEnumerable<string> Levels(LevelTerm term)
    {
        if (term.Base is not null)
            yield return $"base: {Quoted(term.Base)}";
        if (term.Monotone is MonotoneRule.Rising or MonotoneRule.Falling)
            yield return $"monotone: {(term.Monotone == MonotoneRule.Rising ? "rising" : "falling")}";
        if (term is { Lowest: { } low, Highest: { } high })
            yield return $"between: {Numbers([low, high])}";
        else if (term.Highest is { } cap)
            yield return $"cap: {Number(cap)}";
        if (term.Fixed is not null)
            yield return $"fixed: {{ {string.Join(", ", term.Fixed.Select(pair => $"{Quoted(pair.Key)}: {Number(pair.Value)}"))} }}";
    }

    static IEnumerable<string> Missing(ColumnTerm term)
    {
        var usual = term is LevelTerm ? ValueRule.Missing : ValueRule.Reject;
        if (term.WhenMissing != usual)
            yield return $"missing: {Rule(term.WhenMissing)}";
    }

    static IEnumerable<string> Lambda(double? lambda) => lambda is { } given ? [$"lambda: {Number(given)}"] : [];

    static string Rule(ValueRule rule) =>
        rule.Action switch
        {
            ValueAction.Reject => "reject",
            ValueAction.Missing => "missing",
            _ => Quoted(rule.Value ?? ""),
        };

    static string Numbers(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Number))}]";

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A scalar, quoted where YAML could take it for something else.</summary>
    internal static string Quoted(string text)
    {
        if (
            text.Length > 0
            && char.IsAsciiLetter(text[0])
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_')
            && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n")
        )
            return text;
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (letter < ' ')
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}");
            else
                quoted.Append(letter);
        }
        return quoted.Append('"').ToString();
    }
}
