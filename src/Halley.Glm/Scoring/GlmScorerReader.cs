using Halley.Data;

namespace Halley.Glm;

/// <summary>Reads a scorer from bytes that are not trusted: whatever would index outside an array is refused here.</summary>
sealed class GlmScorerReader(ReadOnlyMemory<byte> source)
{
    /// <summary>Bytes of the smallest input, term, coder and basis.</summary>
    const int SmallestItem = 9;

    readonly ByteReader reader = new(source);
    readonly List<ScorerInput> inputs = [];

    internal GlmScorer Read()
    {
        Require(reader.Int("the mark at the start") == GlmScorerFormat.Magic, "they do not start with the mark of a GLM");
        var inputCount = reader.Count(SmallestItem, "the number of inputs");
        for (var i = 0; i < inputCount; i++)
            inputs.Add(Input());
        Require(inputs.Select(input => input.Name).Distinct().Count() == inputCount, "two inputs have one name");
        var constant = Finite(reader.Double("the constant"), "the constant");
        var terms = new ScorerTerm[reader.Count(SmallestItem, "the number of terms")];
        for (var t = 0; t < terms.Length; t++)
            terms[t] = Term();
        Require(reader.AtEnd, "bytes follow after its end");
        return new(inputs, constant, terms);
    }

    ScorerInput Input()
    {
        var name = reader.Text("an input's name");
        var kind = (FieldKind)reader.Byte($"the kind of input '{name}'");
        Require(
            kind is FieldKind.Number or FieldKind.Category or FieldKind.Boolean or FieldKind.Date,
            $"input '{name}' is of the unknown kind {(int)kind}"
        );
        var levels = reader.Texts($"the levels of input '{name}'");
        Require(levels.Distinct().Count() == levels.Length, $"input '{name}' has a level twice");
        Require(kind == FieldKind.Category || levels.Length == 0, $"input '{name}' has levels, and is no category");
        return new(name, kind, kind == FieldKind.Category ? new(levels) : null);
    }

    ScorerTerm Term()
    {
        var name = reader.Text("a term's name");
        var coders = new LevelCoder[reader.Count(SmallestItem, $"the factors of term '{name}'")];
        for (var c = 0; c < coders.Length; c++)
            coders[c] = Coder(name);
        var bases = new NumberBasis[reader.Count(SmallestItem, $"the numbers of term '{name}'")];
        for (var b = 0; b < bases.Length; b++)
            bases[b] = Basis(name);
        var cells = coders.Aggregate(1L, (product, coder) => Math.Min(product * coder.Levels.Count, int.MaxValue));
        var width = bases.Aggregate(1L, (product, basis) => Math.Min(product * basis.Width, int.MaxValue));
        Require(
            cells <= TermEncoder.CellLimit && width <= TermEncoder.SurfaceLimit && coders.Length + bases.Length > 0,
            $"term '{name}' has {cells} cells of {width} columns"
        );
        var coefficients = reader.Doubles($"the coefficients of term '{name}'");
        Require(
            coefficients.Length == cells * width,
            $"term '{name}' has {coefficients.Length} coefficients for {cells * width} columns"
        );
        Require(Array.TrueForAll(coefficients, double.IsFinite), $"term '{name}' has a coefficient that is not finite");
        return new(new(name, coders, bases), coefficients);
    }

    LevelCoder Coder(string term)
    {
        var kind = (CoderKind)reader.Byte($"a factor of term '{term}'");
        var input = InputIndex(term, levels: kind == CoderKind.Category);
        var missing = reader.Int($"the missing level of term '{term}'");
        var levels = reader.Texts($"the levels of term '{term}'");
        Code(missing);
        switch (kind)
        {
            case CoderKind.Category:
                var values = reader.Int($"the levels of term '{term}'");
                var inputLevels = inputs[input].Levels?.Count ?? CategoryCoder.BooleanLevels.Count;
                Require(
                    values == inputLevels && values <= levels.Length,
                    $"term '{term}' has {levels.Length} levels for an input of {inputLevels}"
                );
                return new CategoryCoder(input, levels, values, missing);
            case CoderKind.Value:
                var numbers = Rising(term);
                var unseen = reader.Int($"the level of unseen values of term '{term}'");
                Code(unseen);
                Require(numbers.Length <= levels.Length, $"term '{term}' has {levels.Length} levels for {numbers.Length} values");
                return new ValueCoder(input, levels, numbers, missing, unseen);
            case CoderKind.Band:
                var cuts = Rising(term);
                Require(cuts.Length < levels.Length, $"term '{term}' has {levels.Length} levels for {cuts.Length} cuts");
                return new BandCoder(input, levels, cuts, missing);
            default:
                ByteReader.Refuse($"term '{term}' has a factor of the unknown kind {(int)kind}");
                return null;
        }

        void Code(int code) =>
            Require(code >= LevelCoder.None && code < levels.Length, $"term '{term}' names level {code} of {levels.Length}");
    }

    NumberBasis Basis(string term)
    {
        var kind = (BasisKind)reader.Byte($"a number of term '{term}'");
        var input = InputIndex(term, levels: false);
        var whenMissing = reader.Double($"the value for missing ones of term '{term}'");
        switch (kind)
        {
            case BasisKind.Identity:
                return new IdentityBasis(input, whenMissing);
            case BasisKind.Log:
                return new LogBasis(input, whenMissing);
            case BasisKind.Powers:
                var degree = reader.Int($"the degree of term '{term}'");
                Require(degree is > 0 and <= TermEncoder.WidthLimit, $"term '{term}' has degree {degree}");
                return new PowerBasis(input, degree, whenMissing);
            case BasisKind.Orthogonal:
                var centres = reader.Doubles($"the centres of term '{term}'");
                var norms = reader.Doubles($"the norms of term '{term}'");
                Require(
                    centres.Length is > 0 and <= TermEncoder.WidthLimit
                        && norms.Length == centres.Length + 1
                        && Array.TrueForAll(centres, double.IsFinite)
                        && Array.TrueForAll(norms, norm => norm > 0 && double.IsFinite(norm)),
                    $"term '{term}' has an orthogonal basis that is none"
                );
                return new OrthogonalBasis(input, centres, norms, whenMissing);
            case BasisKind.Spline:
                return new SplineBasis(input, Spline(term), whenMissing);
            default:
                ByteReader.Refuse($"term '{term}' has a number of the unknown kind {(int)kind}");
                return null;
        }
    }

    SplineShape Spline(string term)
    {
        var degree = reader.Int($"the degree of term '{term}'");
        var linear = reader.Byte($"the ends of term '{term}'");
        var (low, high) = (reader.Double($"the low end of term '{term}'"), reader.Double($"the high end of term '{term}'"));
        var knots = reader.Doubles($"the knots of term '{term}'");
        var map = reader.Doubles($"the map of term '{term}'");
        Require(degree is >= 1 and <= 5 && linear <= 1, $"term '{term}' has a spline of degree {degree}");
        var pieces = knots.Length - degree - 1;
        Require(
            pieces > degree
                && pieces <= TermEncoder.WidthLimit + degree + 1
                && map.Length > 0
                && map.Length % pieces == 0
                && map.Length / pieces <= TermEncoder.WidthLimit,
            $"term '{term}' has {knots.Length} knots and a map of {map.Length} numbers"
        );
        Require(Array.TrueForAll(map, double.IsFinite), $"term '{term}' has a map that is not finite");
        for (var i = 0; i < knots.Length; i++)
        {
            Require(double.IsFinite(knots[i]) && (i == 0 || knots[i] >= knots[i - 1]), $"the knots of term '{term}' fall");
            // Pieces without length would divide by zero.
            Require(i <= degree || i > pieces || knots[i] > knots[i - 1], $"term '{term}' repeats an inner knot");
        }
        Require(low >= knots[degree] && high <= knots[pieces] && low < high, $"term '{term}' has ends outside its knots");
        return new(knots, degree, map, low, high, linear == 1);
    }

    int InputIndex(string term, bool levels)
    {
        var input = reader.Int($"an input of term '{term}'");
        Require(input >= 0 && input < inputs.Count, $"term '{term}' reads input {input} of {inputs.Count}");
        Require(HasLevels(inputs[input].Kind) == levels, $"term '{term}' can't read input '{inputs[input].Name}'");
        return input;
    }

    double[] Rising(string term)
    {
        var values = reader.Doubles($"the values of term '{term}'");
        for (var i = 0; i < values.Length; i++)
            Require(
                double.IsFinite(values[i]) && (i == 0 || values[i] > values[i - 1]),
                $"the values of term '{term}' do not rise"
            );
        return values;
    }

    static bool HasLevels(FieldKind kind) => kind is FieldKind.Category or FieldKind.Boolean;

    static double Finite(double value, string what)
    {
        Require(double.IsFinite(value), $"{what} is not finite");
        return value;
    }

    static void Require(bool holds, string problem)
    {
        if (!holds)
            ByteReader.Refuse(problem);
    }
}
