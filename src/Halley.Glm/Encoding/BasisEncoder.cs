using Halley.Data;

namespace Halley.Glm;

/// <summary>Makes the number basis of a term, after checking its column on the learn rows.</summary>
sealed class BasisEncoder(LearnInputs inputs)
{
    internal NumberBasis Encode(NumberTerm term, int input)
    {
        if (inputs.Head(input) is not (NumericColumn or DateColumn))
        {
            GlmErrors.ThrowTermKind(
                term.Name,
                inputs.Head(input),
                "a number",
                "Use a factor, or change the column's kind in the schema."
            );
        }
        var whenMissing = double.NaN;
        if (term.WhenMissing.Action == ValueAction.Replace)
            InvariantText.TryNumber(term.WhenMissing.Value, out whenMissing);
        var missing = inputs.FirstMissingIn(input);
        if (missing >= 0 && double.IsNaN(whenMissing))
            GlmErrors.ThrowMissing(term.Name, term.Column, inputs.OriginalRow(missing));
        CheckValues(term, input, whenMissing);
        return term switch
        {
            LogTerm => new LogBasis(input, whenMissing),
            PolynomialTerm { Orthogonal: true } poly => Orthogonal(poly, input, whenMissing),
            PolynomialTerm poly => new PowerBasis(input, poly.Degree, whenMissing),
            SplineTerm spline => new SplineBasis(input, Spline(spline, Counts(input, whenMissing)), whenMissing),
            SmoothTerm smooth => new SplineBasis(input, Smooth(smooth, Counts(input, whenMissing)), whenMissing),
            _ => new IdentityBasis(input, whenMissing),
        };
    }

    /// <summary>Every value is finite, has a logarithm or a power where one is taken, and what it stands for where it is missing too.</summary>
    void CheckValues(NumberTerm term, int input, double whenMissing)
    {
        // A number used as it is needs one look at each row, less than its distinct values cost.
        if (
            term is not NumericTerm
            && inputs.Index(input) is { } index
            && index.Values.Append(index.HasMissing ? whenMissing : 1).All(value => IsFit(term, value))
        )
            return;
        // The first bad value is named with its row.
        inputs.ForEach(
            input,
            (start, slots, _) =>
            {
                if (term is NumericTerm && Kernels.Reduce.IndexOfNonFinite(slots) < 0)
                    return;
                for (var i = 0; i < slots.Length; i++)
                {
                    var value = double.IsNaN(slots[i]) ? whenMissing : slots[i];
                    if (IsFit(term, value))
                        continue;
                    if (double.IsFinite(value) && term is LogTerm)
                        GlmErrors.ThrowNotPositive(term.Name, term.Column, inputs.OriginalRow(start + i), value);
                    GlmErrors.ThrowNotFinite(term.Name, term.Column, inputs.OriginalRow(start + i), value);
                }
            }
        );
    }

    static bool IsFit(NumberTerm term, double value) =>
        term switch
        {
            LogTerm => value > 0 && double.IsFinite(value),
            // Sums of squared columns must not overflow: x^(2d) stays below 1e300.
            PolynomialTerm { Orthogonal: false } power => Math.Abs(value) < LargestOf(power),
            _ => double.IsFinite(value),
        };

    static double LargestOf(PolynomialTerm term) => Math.Pow(10, 300.0 / (2 * term.Degree));

    /// <summary>Distinct values with missing ones replaced.</summary>
    ValueCounts Counts(int input, double whenMissing) => inputs.Counts(input).With(whenMissing, inputs.MissingIn(input));

    static SplineShape Spline(SplineTerm term, ValueCounts values)
    {
        var (low, high) = (values.Values[0], values.Values[^1]);
        var degree = (term as BSplineTerm)?.Degree ?? 1;
        var inner = term.Knots?.ToArray() ?? KnotPlaces.Quantiles(values, term.DegreesOfFreedom - degree);
        var outside = Array.FindIndex(inner, knot => !(knot > low && knot < high));
        if (outside >= 0)
            GlmErrors.ThrowKnot(term.Name, term.Column, inner[outside], low, high);
        RefuseFew(term, values, inner.Length + degree);
        return term is BSplineTerm ? SplineShapes.Polynomial(inner, degree, low, high) : SplineShapes.Natural(inner, low, high);
    }

    static SplineShape Smooth(SmoothTerm term, ValueCounts values)
    {
        RefuseFew(term, values, (term.Knots?.Count ?? term.Size) - 1);
        if (term.Knots is { } given)
            return SplineShapes.ByValues([.. given]);
        return term.Basis == SmoothKind.PSpline
            ? SplineShapes.Even(term.Size, values.Values[0], values.Values[^1])
            : SplineShapes.ByValues(KnotPlaces.OverDistinct(values.Values, term.Size));
    }

    /// <summary>A spline needs more distinct values than it has coefficients.</summary>
    static void RefuseFew(NumberTerm term, ValueCounts values, int coefficients)
    {
        if (values.Values.Length <= coefficients)
            GlmErrors.ThrowFewValues(term.Name, term.Column, coefficients, values.Values.Length);
    }

    OrthogonalBasis Orthogonal(PolynomialTerm term, int input, double whenMissing)
    {
        var distinct = new HashSet<double>();
        inputs.ForEach(
            input,
            (_, slots, _) =>
            {
                for (var i = 0; i < slots.Length && distinct.Count <= term.Degree; i++)
                    distinct.Add(double.IsNaN(slots[i]) ? whenMissing : slots[i]);
            }
        );
        if (distinct.Count <= term.Degree)
            GlmErrors.ThrowDegree(term.Name, term.Column, term.Degree, distinct.Count);
        return OrthogonalBasis.Over(inputs, input, term.Degree, whenMissing);
    }
}
