using System.Globalization;
using Halley.Glm;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>A level as people read it.</summary>
/// <param name="StandardError">Of the coefficient; null at the base, and where nothing was estimated.</param>
/// <param name="Exposure">Years at risk (or weight) of the learn rows; null for a line that only points to another level.</param>
public sealed record RatingViewLine(
    string Level,
    double Relativity,
    bool IsBase,
    double? StandardError,
    double? Lower,
    double? Upper,
    double? Exposure
);

/// <summary>A factor as people read it.</summary>
/// <param name="Columns">What it reads; empty for the function of a number.</param>
public sealed record RatingViewFactor(string Factor, IReadOnlyList<string> Columns, IReadOnlyList<RatingViewLine> Levels);

/// <summary>The rating table of a model as people read it: every level, with interval and exposure.</summary>
/// <param name="Base">Prediction for a year at risk where every relativity is 1; null where terms of numbers move it.</param>
/// <param name="Numbers">Terms of numbers, whose relativity is for a step of 1 of their function; smooths by points of their curve.</param>
public sealed record RatingView(
    string Model,
    double? Base,
    IReadOnlyList<RatingViewFactor> Factors,
    IReadOnlyList<RatingViewFactor> Numbers,
    IReadOnlyList<RatingEdit> Edits
)
{
    /// <summary>Points of a smooth's curve that are shown.</summary>
    const int CurvePoints = 15;

    /// <exception cref="HalleyException">HLY3471: the model has no relativities.</exception>
    public static RatingView Of(FittedModel model)
    {
        var numbers = model
            .Header.Relativities.Where(line => line.Exposure is null && line.Factor != GlmCoefficient.ConstantName)
            .GroupBy(line => line.Factor)
            .Select(group => new RatingViewFactor(group.Key, [], [.. LinesOf(model, group)]))
            .ToList();
        if (numbers.Count > 0)
            return new(model.Name, null, Known(model), numbers, RatingEditing.EditsOf(model));
        var table = RatingModels.TableOf(model);
        var figures = model.Header.Relativities.ToLookup(line => (line.Factor, line.Level));
        var factors = table.Factors.Select(factor => new RatingViewFactor(
            factor.Name,
            [.. factor.Axes.Select(axis => axis.Column)],
            [.. factor.Lines().Select(line => Named(factor.Name, line))]
        ));
        return new(model.Name, table.Base, [.. factors], [], RatingEditing.EditsOf(model));

        RatingViewLine Named(string factor, (IReadOnlyList<string> Levels, double Relativity) line)
        {
            var name = string.Join(':', line.Levels);
            return Line(name, line.Relativity, figures[(factor, name)].FirstOrDefault());
        }
    }

    /// <summary>A smooth as points of its curve, since its coefficients say nothing to a reader; other terms by coefficient.</summary>
    static IEnumerable<RatingViewLine> LinesOf(FittedModel model, IGrouping<string, Relativity> term)
    {
        var curves = model.Header.Smooths?.Where(smooth => smooth.Term == term.Key && smooth.Curve.Count > 0).ToList() ?? [];
        if (curves.Count == 0)
            return term.Select(line => Line(line.Level, line.Value, line));
        return curves.SelectMany(curve => PointsOf(curve, model.Header.Link.Function is LinkFunction.Log or LinkFunction.Logit));
    }

    static IEnumerable<RatingViewLine> PointsOf(SmoothSummary curve, bool multiplies)
    {
        var quantile = NormalDistribution.TwoSidedQuantile(0.95);
        var count = Math.Min(curve.Curve.Count, CurvePoints);
        for (var i = 0; i < count; i++)
        {
            var point = curve.Curve[count == 1 ? 0 : (int)((long)i * (curve.Curve.Count - 1) / (count - 1))];
            var (lower, upper) = (point.Value - quantile * point.StandardError, point.Value + quantile * point.StandardError);
            var at = point.X.ToString("G6", CultureInfo.InvariantCulture);
            yield return new(
                curve.Level is null ? at : $"{curve.Level}: {at}",
                multiplies ? VectorMath.Exp(point.Value) : point.Value,
                IsBase: false,
                point.StandardError,
                multiplies ? VectorMath.Exp(lower) : lower,
                multiplies ? VectorMath.Exp(upper) : upper,
                Exposure: null
            );
        }
    }

    static List<RatingViewFactor> Known(FittedModel model) =>
        [
            .. model
                .Header.Relativities.Where(line => line.Exposure is not null)
                .GroupBy(line => line.Factor)
                .Select(group => new RatingViewFactor(
                    group.Key,
                    [],
                    [.. group.Select(line => Line(line.Level, line.Value, line))]
                )),
        ];

    static RatingViewLine Line(string level, double relativity, Relativity? figures) =>
        new(
            level,
            relativity,
            figures?.IsBase ?? false,
            figures?.StandardError,
            figures?.Lower,
            figures?.Upper,
            figures?.Exposure
        );
}
