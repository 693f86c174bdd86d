using System.Globalization;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Reports;

/// <summary>What the fits of GLMs tell beside their terms: paths of penalties, consistency.</summary>
public sealed partial record ModelReport
{
    void AddPenalties(HtmlText body)
    {
        foreach (var model in Models.Where(model => model.Header.Penalty is not null))
        {
            var penalty = model.Header.Penalty!;
            body.Element("h2", $"Penalty of {model.Name}")
                .Table(
                    [
                        "strength",
                        "coefficients not zero",
                        "effective parameters",
                        "held-out deviance",
                        "its error",
                        "least held-out deviance",
                    ],
                    [
                        [
                            HtmlText.Number(penalty.Strength),
                            HtmlText.Number(penalty.Nonzero),
                            HtmlText.Number(penalty.EffectiveParameters),
                            HtmlText.Number(ChosenOf(penalty)?.HeldOut),
                            HtmlText.Number(ChosenOf(penalty)?.HeldOutError),
                            HtmlText.Number(penalty.Path.Min(point => point.HeldOut)),
                        ],
                    ]
                );
            if (penalty.Path.Count > 1)
                Add(body, PathOf(model.Name, penalty));
        }
    }

    static PenaltyPathPoint? ChosenOf(PenaltyFit penalty) =>
        penalty.Path.FirstOrDefault(point => point.Strength == penalty.Strength);

    static Picture PathOf(string model, PenaltyFit penalty)
    {
        double[] Each(Func<PenaltyPathPoint, double?> rule) => [.. penalty.Path.Select(point => rule(point) ?? double.NaN)];
        return new LevelPlot
        {
            Title = $"Path of {model}",
            Horizontal = "strength, the largest first",
            Vertical = "held-out deviance",
            Levels = [.. penalty.Path.Select(point => point.Strength.ToString("G3", CultureInfo.InvariantCulture))],
            Exposure = Each(point => point.Nonzero),
            ExposureUnit = "coefficients not zero",
            Series =
            [
                new(
                    "held-out deviance",
                    Each(point => point.HeldOut),
                    Each(point => point.HeldOut - point.HeldOutError),
                    Each(point => point.HeldOut + point.HeldOutError)
                ),
            ],
        }.Draw();
    }

    void AddConsistency(HtmlText body)
    {
        foreach (var one in Consistency)
        {
            body.Element("h2", $"Consistency of {one.Model} by {one.By}")
                .Element(
                    "p",
                    $"Each term with an effect of its own in each {one.By}, against one effect for all. A small p says that it is not the same everywhere.",
                    "lede"
                )
                .Table(
                    ["term", "degrees of freedom", "fall of the deviance", "p", "AIC"],
                    one.Terms.Select(term =>
                        (IReadOnlyList<string>)
                            [
                                term.Term,
                                HtmlText.Number(term.Test.Degrees),
                                HtmlText.Number(-term.Test.DevianceChange),
                                HtmlText.Number(term.Test.PValue),
                                Change(term.Test.AicChange),
                            ]
                    )
                );
            var link = Models.First(model => model.Name == one.Model).Link;
            foreach (var term in one.Terms.Where(term => term.Effects.Count > 0))
                AddEffects(body, term, one.By, link.Function is LinkFunction.Log or LinkFunction.Logit);
        }
    }

    /// <summary>Relativities (coefficients under links that do not multiply) with two standard errors, a column for each part.</summary>
    static void AddEffects(HtmlText body, TermConsistency term, string by, bool multiplies)
    {
        string[] parts = [.. term.Effects.Select(effect => effect.Part).Distinct()];
        string Shown(PartEffect effect)
        {
            string At(double errors)
            {
                var value = effect.Coefficient + errors * effect.StandardError;
                return HtmlText.Number(multiplies ? Math.Exp(value) : value);
            }
            return double.IsNaN(effect.StandardError) ? "no row"
                : double.IsInfinity(effect.StandardError) ? "no claim"
                : effect.StandardError > 0 ? $"{At(0)} ({At(-2)} to {At(2)})"
                : At(0);
        }
        body.Element("h3", $"{term.Term} by {by}")
            .Table(
                [multiplies ? "relativity" : "coefficient", .. parts],
                term.Effects.GroupBy(effect => effect.Level)
                    .Select(level => (IReadOnlyList<string>)[level.Key ?? "a unit more", .. level.Select(Shown)])
            );
    }
}
