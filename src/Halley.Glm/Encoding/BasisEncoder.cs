using Halley.Data;

namespace Halley.Glm;

/// <summary>Makes the number basis of a term, after checking its column on the learn rows.</summary>
sealed class BasisEncoder(LearnInputs inputs)
{
    internal NumberBasis Encode(NumberTerm term, int input)
    {
        if (inputs.Column(input) is not (NumericColumn or DateColumn))
        {
            GlmErrors.ThrowTermKind(
                term.Name,
                inputs.Column(input),
                "a number",
                "Use a factor, or change the column's kind in the schema."
            );
        }
        var whenMissing = double.NaN;
        if (term.WhenMissing.Action == ValueAction.Replace)
            InvariantText.TryNumber(term.WhenMissing.Value, out whenMissing);
        var values = Values(term, input, whenMissing);
        return term switch
        {
            LogTerm => new LogBasis(input, CheckedPositive(term, values, whenMissing)),
            PolynomialTerm { Orthogonal: true } poly => Orthogonal(poly, input, values, whenMissing),
            PolynomialTerm poly => Powers(poly, input, values, whenMissing),
            SplineTerm spline => new SplineBasis(input, Spline(spline, values), whenMissing),
            SmoothTerm smooth => new SplineBasis(input, Smooth(smooth, values), whenMissing),
            _ => new IdentityBasis(input, whenMissing),
        };
    }

    /// <summary>The column with missing values replaced, shape (n).</summary>
    double[] Values(NumberTerm term, int input, double whenMissing)
    {
        var values = inputs.ReadAll(input);
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]))
                continue;
            if (double.IsNaN(whenMissing))
                GlmErrors.ThrowMissing(term.Name, term.Column, inputs.OriginalRow(row));
            values[row] = whenMissing;
        }
        var notFinite = Array.FindIndex(values, value => !double.IsFinite(value));
        if (notFinite >= 0)
            GlmErrors.ThrowNotFinite(term.Name, term.Column, inputs.OriginalRow(notFinite), values[notFinite]);
        return values;
    }

    double CheckedPositive(NumberTerm term, double[] values, double whenMissing)
    {
        var row = Array.FindIndex(values, value => !(value > 0));
        if (row >= 0)
            GlmErrors.ThrowNotPositive(term.Name, term.Column, inputs.OriginalRow(row), values[row]);
        return whenMissing;
    }

    PowerBasis Powers(PolynomialTerm term, int input, double[] values, double whenMissing)
    {
        // Sums of squared columns must not overflow: x^(2d) stays below 1e300.
        if (!(Math.Pow(Kernels.Reduce.MaxAbs(values), 2 * term.Degree) < 1e300))
        {
            var row = Array.FindIndex(values, value => !(Math.Pow(Math.Abs(value), 2 * term.Degree) < 1e300));
            GlmErrors.ThrowNotFinite(term.Name, term.Column, inputs.OriginalRow(row), values[row]);
        }
        return new(input, term.Degree, whenMissing);
    }

    static SplineShape Spline(SplineTerm term, double[] values)
    {
        var (low, high) = (values.Min(), values.Max());
        var degree = (term as BSplineTerm)?.Degree ?? 1;
        var inner = term.Knots?.ToArray() ?? KnotPlaces.Quantiles(values, term.DegreesOfFreedom - degree);
        var outside = Array.FindIndex(inner, knot => !(knot > low && knot < high));
        if (outside >= 0)
            GlmErrors.ThrowKnot(term.Name, term.Column, inner[outside], low, high);
        RefuseFew(term, values, inner.Length + degree);
        return term is BSplineTerm ? SplineShapes.Polynomial(inner, degree, low, high) : SplineShapes.Natural(inner, low, high);
    }

    static SplineShape Smooth(SmoothTerm term, double[] values)
    {
        RefuseFew(term, values, (term.Knots?.Count ?? term.Size) - 1);
        if (term.Knots is { } given)
            return SplineShapes.ByValues([.. given]);
        double[] distinct = [.. values.Distinct().Order()];
        return term.Basis == SmoothKind.PSpline
            ? SplineShapes.Even(term.Size, distinct[0], distinct[^1])
            : SplineShapes.ByValues(KnotPlaces.OverDistinct(distinct, term.Size));
    }

    /// <summary>A spline needs more distinct values than it has coefficients.</summary>
    static void RefuseFew(NumberTerm term, double[] values, int coefficients)
    {
        var distinct = values.Distinct().Take(coefficients + 1).Count();
        if (distinct <= coefficients)
            GlmErrors.ThrowFewValues(term.Name, term.Column, coefficients, distinct);
    }

    static OrthogonalBasis Orthogonal(PolynomialTerm term, int input, double[] values, double whenMissing)
    {
        var distinct = values.Distinct().Take(term.Degree + 1).Count();
        if (distinct <= term.Degree)
            GlmErrors.ThrowDegree(term.Name, term.Column, term.Degree, distinct);
        return OrthogonalBasis.Over(input, values, term.Degree, whenMissing);
    }
}
