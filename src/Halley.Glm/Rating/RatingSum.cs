using System.Diagnostics.CodeAnalysis;
using Halley.Data;

namespace Halley.Glm;

/// <summary>A fitted model on top of a rating table as one scorer: the sum of their linear predictors.</summary>
public static class RatingSum
{
    /// <summary>The scorer; the table's factors come last, named after the model that they are from.</summary>
    /// <param name="scorer">Fitted with the table's score as offset.</param>
    /// <param name="from">Name of the table's model.</param>
    /// <exception cref="HalleyException">HLY2144: a column is of another kind in one than in the other.</exception>
    /// <remarks>Of a category that both read, the levels are those that both know: what one lacks has no price.</remarks>
    public static GlmScorer Of(GlmScorer scorer, RatingTable table, string from)
    {
        var own = table.ToScorer();
        var inputs = new List<ScorerInput>();
        foreach (var input in scorer.Inputs)
            inputs.Add(Shared(input, own.Inputs.FirstOrDefault(other => other.Name == input.Name)));
        inputs.AddRange(own.Inputs.Where(input => scorer.Inputs.All(other => other.Name != input.Name)));
        var terms = scorer.Terms.Select(term => Recoded(term, term.Encoded.Name, scorer.Inputs, inputs));
        var added = own.Terms.Select(term => Recoded(term, $"{from}: {term.Encoded.Name}", own.Inputs, inputs));
        return new(inputs, scorer.Constant + table.Constant, terms.Concat(added));
    }

    static ScorerInput Shared(ScorerInput one, ScorerInput? other)
    {
        if (other is null)
            return one;
        if (one.Kind != other.Kind)
            ThrowKinds(one, other);
        return one.Levels is null || other.Levels is null || one.Levels.SequenceEqual(other.Levels)
            ? one
            : one with
            {
                Levels = new(one.Levels.Levels.Where(level => other.Levels.CodeOf(level) >= 0)),
            };
    }

    /// <summary>The term over the new inputs: other places, and only the levels that are left.</summary>
    static ScorerTerm Recoded(ScorerTerm term, string name, IReadOnlyList<ScorerInput> before, List<ScorerInput> after)
    {
        var encoded = term.Encoded;
        var places = before.Select(input => after.FindIndex(other => other.Name == input.Name)).ToArray();
        var moved = encoded.Bases.FirstOrDefault(basis => places[basis.Input] != basis.Input);
        if (moved is not null)
            throw new InvalidOperationException($"the number of term '{encoded.Name}' has moved.");
        var kept = encoded.Coders.Select(coder => KeptLevels(coder, after[places[coder.Input]])).ToArray();
        var coders = encoded.Coders.Select((coder, c) => Recoded(coder, places[coder.Input], kept[c])).ToArray();
        var made = new EncodedTerm(name, coders, [.. encoded.Bases]);
        var coefficients = new double[made.CoefficientCount];
        for (var cell = 0; cell < made.CellCount; cell++)
        {
            var (source, left, stride) = (0, cell, 1);
            for (var c = coders.Length - 1; c >= 0; c--)
            {
                (left, var code) = Math.DivRem(left, coders[c].LevelCount);
                source += kept[c][code] * stride;
                stride *= encoded.Coders[c].LevelCount;
            }
            term.Coefficients.AsSpan(source * made.Width, made.Width).CopyTo(coefficients.AsSpan(cell * made.Width));
        }
        return new(made, coefficients);
    }

    /// <summary>Old code of each level that stays, in the new order.</summary>
    static int[] KeptLevels(LevelCoder coder, ScorerInput input)
    {
        var levels = coder.Levels.ToList();
        if (coder is not CategoryCoder category || input.Levels is null)
            return [.. Enumerable.Range(0, levels.Count)];
        return
        [
            .. input.Levels.Levels.Select(level => levels.IndexOf(level)),
            .. Enumerable.Range(category.ValueCount, levels.Count - category.ValueCount),
        ];
    }

    static LevelCoder Recoded(LevelCoder coder, int input, int[] kept)
    {
        string[] levels = [.. kept.Select(code => coder.Levels[code])];
        return coder switch
        {
            ValueCoder values => new ValueCoder(input, levels, values.Values.ToArray(), values.MissingCode, values.UnseenCode),
            BandCoder bands => new BandCoder(input, levels, bands.Cuts.ToArray(), bands.MissingCode),
            _ => new CategoryCoder(
                input,
                levels,
                kept.Count(code => code < ((CategoryCoder)coder).ValueCount),
                Array.IndexOf(kept, coder.MissingCode)
            ),
        };
    }

    [DoesNotReturn]
    static void ThrowKinds(ScorerInput one, ScorerInput other) =>
        throw new HalleyException(
            "HLY2144",
            $"column '{one.Name}' is of kind {one.Kind.ToString().ToLowerInvariant()} in the fit and {other.Kind.ToString().ToLowerInvariant()} in the model that it stands on. Declare one kind in data.yaml."
        );
}
