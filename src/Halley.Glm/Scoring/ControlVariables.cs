using Halley.Data;

namespace Halley.Glm;

/// <summary>Takes control variables out of a scorer: what they add at their reference values goes into the rest.</summary>
static class ControlVariables
{
    /// <summary>Reads the columns of the terms in such an order that control variables come last.</summary>
    internal static void Register(LearnInputs inputs, IReadOnlyList<Term> terms, IReadOnlyDictionary<string, string> controls)
    {
        if (controls.Count == 0)
            return;
        var parts = terms.SelectMany(term => term.Parts).OfType<ColumnTerm>().ToArray();
        foreach (var part in parts.Where(part => !controls.ContainsKey(part.Column)))
            inputs.Of(part.Column, part.Name);
        foreach (var part in parts.Where(part => controls.ContainsKey(part.Column)))
            inputs.Of(part.Column, part.Name);
    }

    /// <summary>The scorer at the controls' reference values, reading none of them.</summary>
    /// <exception cref="HalleyException">HLY2114: a reference value is not one that the terms know.</exception>
    internal static GlmScorer Fold(GlmScorer scorer, IReadOnlyDictionary<string, string> controls)
    {
        if (controls.Count == 0)
            return scorer;
        var left = scorer.Inputs.Count(input => !controls.ContainsKey(input.Name));
        double[] references = [.. scorer.Inputs.Select((input, i) => i < left ? double.NaN : Slot(input, controls[input.Name]))];
        var (constant, terms) = (scorer.Constant, new List<ScorerTerm>());
        foreach (var term in scorer.Terms)
        {
            var folded = Fold(term, references, left, name => scorer.Inputs[name].Name);
            if (folded.Encoded.Coders.Count + folded.Encoded.Bases.Count == 0)
                constant += folded.Coefficients[0];
            else
                terms.Add(folded);
        }
        return new(scorer.Inputs.Take(left), constant, terms);
    }

    static double Slot(ScorerInput input, string reference)
    {
        switch (input.Kind)
        {
            case FieldKind.Category or FieldKind.Boolean:
                var levels = input.Levels?.Levels ?? CategoryCoder.BooleanLevels;
                var code = levels.ToList().IndexOf(reference);
                if (code < 0)
                    GlmErrors.ThrowControl(
                        input.Name,
                        $"'{reference}' is not among its levels with rows: {string.Join(", ", levels.Take(20))}. Name one of them."
                    );
                return code;
            case FieldKind.Number when InvariantText.TryNumber(reference, out var number):
                return number;
            default:
                GlmErrors.ThrowControl(
                    input.Name,
                    $"'{reference}' is not a number, and the column is of kind {input.Kind.ToString().ToLowerInvariant()}. Name a value that it can have."
                );
                return double.NaN;
        }
    }

    /// <summary>A term without the parts that read inputs from <paramref name="left"/> on.</summary>
    static ScorerTerm Fold(ScorerTerm term, double[] references, int left, Func<int, string> nameOf)
    {
        var encoded = term.Encoded;
        var kept = new EncodedTerm(
            encoded.Name,
            [.. encoded.Coders.Where(coder => coder.Input < left)],
            [.. encoded.Bases.Where(basis => basis.Input < left)]
        );
        var codes = encoded.Coders.Select(coder => coder.Input < left ? -1 : CodeOf(coder, references, nameOf)).ToArray();
        var values = encoded.Bases.Select(basis => basis.Input < left ? null : ValuesOf(basis, references)).ToArray();
        var coefficients = new double[kept.CoefficientCount];
        for (var cell = 0; cell < encoded.CellCount; cell++)
        {
            if (KeptCell(encoded, codes, cell) is not { } keptCell)
                continue;
            for (var column = 0; column < encoded.Width; column++)
            {
                var (keptColumn, weight) = KeptColumn(encoded, values, column);
                coefficients[keptCell * kept.Width + keptColumn] += weight * term.Coefficients[cell * encoded.Width + column];
            }
        }
        return new(kept, coefficients);
    }

    static int CodeOf(LevelCoder coder, double[] references, Func<int, string> nameOf)
    {
        Span<int> code = stackalloc int[1];
        coder.Code([references[coder.Input]], code);
        if (code[0] == LevelCoder.None)
            GlmErrors.ThrowControl(
                nameOf(coder.Input),
                $"{InvariantText.Of(references[coder.Input])} is not among its values: {string.Join(", ", coder.Levels.Take(20))}. Name one of them."
            );
        return code[0];
    }

    static double[] ValuesOf(NumberBasis basis, double[] references)
    {
        var values = new double[basis.Width];
        basis.Evaluate([references[basis.Input]], values);
        return values;
    }

    /// <summary>The cell among those that are left; null where a control is at another level than its reference.</summary>
    static int? KeptCell(EncodedTerm term, int[] references, int cell)
    {
        var (kept, stride) = (0, 1);
        for (var c = term.Coders.Count - 1; c >= 0; c--)
        {
            (cell, var code) = Math.DivRem(cell, term.Coders[c].Levels.Count);
            if (references[c] >= 0 && references[c] != code)
                return null;
            if (references[c] >= 0)
                continue;
            kept += code * stride;
            stride *= term.Coders[c].Levels.Count;
        }
        return kept;
    }

    /// <summary>The column among those that are left, and the product of the controls' values in it.</summary>
    static (int Column, double Weight) KeptColumn(EncodedTerm term, double[]?[] references, int column)
    {
        var (kept, stride, weight) = (0, 1, 1.0);
        for (var b = term.Bases.Count - 1; b >= 0; b--)
        {
            (column, var own) = Math.DivRem(column, term.Bases[b].Width);
            if (references[b] is { } values)
            {
                weight *= values[own];
                continue;
            }
            kept += own * stride;
            stride *= term.Bases[b].Width;
        }
        return (kept, weight);
    }
}
