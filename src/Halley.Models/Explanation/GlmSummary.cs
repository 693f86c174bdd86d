using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>A coefficient as a reader of R's <c>summary</c> expects it, on the link scale.</summary>
/// <param name="Coefficient">For example <c>(Intercept)</c>, <c>Region[R24]</c>, <c>log(Density)</c>.</param>
/// <param name="StandardError">Of the kind that the model's file asks for; null where there is none: base levels, given and penalised ones.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="PValue">Two-sided, of the hypothesis that the coefficient is 0; null in models of older versions.</param>
public sealed record SummaryLine(
    string Term,
    string Coefficient,
    double Estimate,
    double? StandardError,
    double? Lower,
    double? Upper,
    double? Statistic,
    double? PValue,
    bool IsBase
);

/// <summary>What a GLM's fit found: its figures, and every coefficient with error, interval and test.</summary>
/// <param name="Errors">What the standard errors rest on.</param>
/// <param name="Level">Level of the intervals.</param>
/// <param name="IsProfile">Whether intervals come from the profile likelihood.</param>
/// <param name="Rows">Learn rows.</param>
/// <param name="Figures">Parameters, dispersion, log likelihood, AIC, BIC, an estimated power or theta, a penalty's strength.</param>
/// <param name="Lines">The constant and the coefficients of numbers, then every level of every factor, base levels included.</param>
public sealed record GlmSummary(
    string Model,
    string Target,
    string Family,
    string Link,
    ErrorKind Errors,
    double Level,
    bool IsProfile,
    int Rows,
    double? Exposure,
    IReadOnlyList<Metric> Figures,
    IReadOnlyList<SummaryLine> Lines,
    IReadOnlyList<TermTest> TermTests,
    IReadOnlyList<SmoothSummary> Smooths,
    PenaltyFit? Penalty,
    string? Notes
)
{
    static readonly string[] Shown =
    [
        "parameters",
        "dispersion",
        "power",
        "theta",
        "penaltyStrength",
        "logLikelihood",
        "aic",
        "bic",
        "deviance",
        "devianceExplained",
    ];

    /// <exception cref="HalleyException">HLY3311: the model was not fitted as a GLM.</exception>
    public static GlmSummary Of(FittedModel model)
    {
        if (model.Spec.Learner is not GlmLearner glm)
            throw new HalleyException(
                "HLY3311",
                $"model '{model.Name}' ({model.Spec.Learner.Name}) was not fitted as a GLM, so it has no coefficients. "
                    + (
                        model.Spec.Learner is RatingLearner
                            ? "'halley rating show' has its relativities."
                            : "'halley explain' has --what importance, dependence and shap for it."
                    )
            );
        var (header, options) = (model.Header, glm.Options);
        var learn = header.Metrics.First(part => part.Part == DataPart.Learn);
        var multiplies = header.Link.Function is LinkFunction.Log or LinkFunction.Logit;
        return new(
            model.Name,
            model.Spec.Target,
            (header.FittedFamily ?? model.Spec.Family).Name,
            header.Link.Name,
            options.Errors,
            options.ConfidenceLevel,
            options.ProfileIntervals,
            learn.Rows,
            learn.Exposure,
            [.. Shown.Select(name => learn.Values.FirstOrDefault(figure => figure.Name == name)).OfType<Metric>()],
            [.. header.Relativities.Select(line => LineOf(line, multiplies))],
            header.TermTests ?? [],
            header.Smooths ?? [],
            header.Penalty,
            header.Advice
        );
    }

    static SummaryLine LineOf(Relativity line, bool multiplies) =>
        new(
            line.Factor,
            line.Exposure is null ? line.Level : $"{line.Factor}[{line.Level}]",
            line.Coefficient,
            line.StandardError,
            OnLink(line.Lower, multiplies),
            OnLink(line.Upper, multiplies),
            line.StandardError is > 0 and var error ? line.Coefficient / error : null,
            line.PValue,
            line.IsBase
        );

    static double? OnLink(double? end, bool multiplies) => multiplies && end is { } value ? Kernels.VectorMath.Log(value) : end;
}
