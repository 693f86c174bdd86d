using System.Globalization;
using Halley.Models;

namespace Halley.Reports;

/// <summary>Residuals of rows taken together: what single claims can't show.</summary>
public sealed partial record ModelReport
{
    /// <summary>Standard normal residuals beyond it are rare.</summary>
    const double RareResidual = 2;

    void AddResiduals(HtmlText body)
    {
        foreach (
            var (model, evaluation) in Models
                .Zip(Evaluations)
                .Where(pair => pair.First.Scorer is Glm.GlmScorer && pair.Second.Residuals.Count > 0)
        )
        {
            var residuals = evaluation.Residuals;
            body.Element("h2", $"Crunched residuals of {model.Name}")
                .Element(
                    "p",
                    $"Rows taken together, {residuals.Count} groups of equal exposure and then the levels of each factor: actual less expected over its "
                        + "standard error under the model. Where the model is right, points scatter about 0 without a pattern, 1 in 20 beyond the "
                        + $"thin lines. Here {residuals.Count(Rare)} of {residuals.Count} groups are.",
                    "lede"
                );
            Add(
                body,
                new LevelPlot
                {
                    Title = $"Crunched residuals of {model.Name} by prediction",
                    Horizontal = $"predicted {Rate}",
                    Vertical = "residual, standard errors",
                    Levels =
                    [
                        .. residuals.Select(group =>
                            (group.Expected / group.Exposure).ToString("G3", CultureInfo.InvariantCulture)
                        ),
                    ],
                    Reference = 0,
                    Limit = RareResidual,
                    IsScattered = true,
                    Series = [new(model.Name, [.. residuals.Select(group => group.Residual ?? double.NaN)])],
                }.Draw()
            );
            foreach (var factor in evaluation.Factors.Where(factor => factor.InModel))
                Add(body, ResidualsBy(model, factor));
        }
    }

    Picture ResidualsBy(FittedModel model, FactorResult factor) =>
        new LevelPlot
        {
            Title = $"Crunched residuals of {model.Name} by {factor.Factor}",
            Horizontal = factor.Factor,
            Vertical = "residual, standard errors",
            Levels = [.. factor.Levels.Select(level => level.Level)],
            Exposure = [.. factor.Levels.Select(level => level.Exposure)],
            ExposureUnit = Weight,
            Reference = 0,
            Limit = RareResidual,
            IsScattered = true,
            Series = [new(model.Name, [.. factor.Levels.Select(level => level.Residual ?? double.NaN)])],
        }.Draw();

    static bool Rare(ResidualResult group) => Math.Abs(group.Residual ?? 0) > RareResidual;
}
