using Halley.Data;

namespace Halley.Glm;

public sealed partial class GlmScorer
{
    /// <summary>The predictor as plain data, for other programs.</summary>
    /// <exception cref="HalleyException">HLY2152: a term is a curve, which has no plain form.</exception>
    public LinearForm ToForm() => new(inputs, Constant, [.. terms.Select(FormOf)]);

    static LinearFormTerm FormOf(ScorerTerm term) =>
        new(
            term.Encoded.Name,
            [.. term.Encoded.Coders.Select(FormOf)],
            [.. term.Encoded.Bases.Select(basis => FormOf(term.Encoded.Name, basis))],
            term.Coefficients
        );

    static LevelRule FormOf(LevelCoder coder) =>
        coder switch
        {
            ValueCoder values => new(
                coder.Input,
                coder.LevelCount,
                coder.MissingCode,
                values.Values.ToArray(),
                values.UnseenCode,
                []
            ),
            BandCoder bands => new(coder.Input, coder.LevelCount, coder.MissingCode, [], LevelCoder.None, bands.Cuts.ToArray()),
            _ => new(coder.Input, coder.LevelCount, coder.MissingCode, [], LevelCoder.None, []),
        };

    static NumberRule FormOf(string term, NumberBasis basis) =>
        basis switch
        {
            IdentityBasis => new(basis.Input, 1, false, basis.WhenMissing),
            LogBasis => new(basis.Input, 1, true, basis.WhenMissing),
            PowerBasis => new(basis.Input, basis.Width, false, basis.WhenMissing),
            _ => throw new HalleyException(
                "HLY2152",
                $"term '{term}' is a curve (a spline, a smooth or an orthogonal polynomial), which has no form of factors and numbers. "
                    + "Put bands or a plain number in its place, or write the model for R ('halley export --to r')."
            ),
        };
}
