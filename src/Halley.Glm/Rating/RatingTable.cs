using System.Diagnostics.CodeAnalysis;
using Halley.Data;

namespace Halley.Glm;

/// <summary>A tariff as users know it: a base value, and factors whose relativities multiply it. Immutable.</summary>
/// <remarks>
/// Of a fitted model with the log link, or made elsewhere. The table keeps the logarithms that the model adds up, so that a model made
/// from it gives the same bits; the relativities that people read are their exponentials.
/// </remarks>
/// <param name="Constant">Logarithm of the base value: the prediction for one year at risk where every relativity is 1.</param>
public sealed partial record RatingTable(double Constant, IReadOnlyList<RatingFactor> Factors)
{
    /// <summary>The base value.</summary>
    public double Base => Kernels.VectorMath.Exp(Constant);

    /// <summary>Columns that the factors read, each once, in the order in which the factors name them.</summary>
    public IReadOnlyList<string> Columns => [.. Factors.SelectMany(factor => factor.Axes).Select(axis => axis.Column).Distinct()];

    /// <summary>The level, or the cell's levels joined by a colon, that a row has in each factor.</summary>
    /// <param name="slots">Value of each of <see cref="Columns"/>; a category's is the code of its <see cref="RatingAxis.ValueLevels"/>.</param>
    public IReadOnlyList<KeyValuePair<string, string>> CellsOf(ReadOnlySpan<double> slots)
    {
        var cells = new List<KeyValuePair<string, string>>();
        var columns = Columns.ToList();
        Span<int> code = stackalloc int[1];
        foreach (var factor in Factors)
        {
            var levels = new List<string>();
            foreach (var axis in factor.Axes)
            {
                var input = columns.IndexOf(axis.Column);
                axis.ToCoder(input).Code(slots.Slice(input, 1), code);
                levels.Add(code[0] < 0 ? RatingAxis.Unknown : axis.Levels[code[0]]);
            }
            cells.Add(new(factor.Name, string.Join(':', levels)));
        }
        return cells;
    }

    /// <summary>The table of a model whose link is the log.</summary>
    /// <exception cref="HalleyException">HLY2140: terms of numbers have no levels; all are named.</exception>
    public static RatingTable Of(GlmScorer scorer)
    {
        var numbers = scorer.Terms.Where(term => term.HasNumbers).Select(term => $"'{term.Encoded.Name}'").ToList();
        if (numbers.Count > 0)
            throw new HalleyException(
                "HLY2140",
                $"a rating table has a line for each level, and {string.Join(", ", numbers)} {(numbers.Count == 1 ? "is a term" : "are terms")} "
                    + "of numbers. Fit bands in their place, or serve the model as it is."
            );
        return new(scorer.Constant, [.. scorer.Terms.Select(term => FactorOf(scorer, term))]);
    }

    /// <summary>The table as a model that scores.</summary>
    /// <exception cref="HalleyException">HLY2141: factors of one column know different levels.</exception>
    public GlmScorer ToScorer()
    {
        var inputs = Factors
            .SelectMany(factor => factor.Axes)
            .GroupBy(axis => axis.Column)
            .Select(group => InputOf(group.Key, [.. group]))
            .ToList();
        return new(inputs, Constant, Factors.Select(TermOf));

        ScorerTerm TermOf(RatingFactor factor) =>
            new(
                new(
                    factor.Name,
                    [.. factor.Axes.Select(axis => axis.ToCoder(inputs.FindIndex(input => input.Name == axis.Column)))],
                    []
                ),
                [.. factor.Coefficients]
            );
    }

    static RatingFactor FactorOf(GlmScorer scorer, ScorerTerm term)
    {
        var axes = term.Encoded.Coders.Select(coder =>
            RatingAxis.Of(coder, scorer.Inputs[coder.Input].Name, scorer.Inputs[coder.Input].Kind == FieldKind.Boolean)
        );
        return new(term.Encoded.Name, [.. axes], term.Coefficients);
    }

    static ScorerInput InputOf(string column, IReadOnlyList<RatingAxis> axes)
    {
        var kinds = axes.Select(axis => KindOf(axis.Kind)).Distinct().ToList();
        var differs =
            kinds.Count > 1
            || (kinds[0] == FieldKind.Category && axes.Any(axis => !axis.ValueLevels.SequenceEqual(axes[0].ValueLevels)));
        if (differs)
            ThrowProblems([$"the factors that read column '{column}' do not know the same levels"]);
        return new(column, kinds[0], kinds[0] == FieldKind.Category ? new(axes[0].ValueLevels) : null);
    }

    static FieldKind KindOf(RatingAxisKind kind) =>
        kind switch
        {
            RatingAxisKind.Category => FieldKind.Category,
            RatingAxisKind.Boolean => FieldKind.Boolean,
            _ => FieldKind.Number,
        };

    [DoesNotReturn]
    internal static void ThrowProblems(IEnumerable<string> problems) =>
        throw new HalleyException(
            "HLY2141",
            $"the lines are no rating table: {string.Join("; ", problems)}. Correct them and read the table again."
        );
}
