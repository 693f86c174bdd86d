using Halley.Models;

namespace Halley.Reports;

/// <summary>Models of classes: each class against the rest.</summary>
public sealed partial record ModelReport
{
    /// <summary>Classes with pictures of their own, the largest first.</summary>
    const int MostDrawn = 8;

    void AddClassSummary(HtmlText body) =>
        body.Element("h2", "In short")
            .Table(
                ["model", "learner", "log loss", "accuracy", "Brier", "AUC", "log loss against the first", "accuracy against it"],
                Models.Select(
                    (model, i) =>
                        (IReadOnlyList<string>)
                            [
                                model.Name,
                                model.Spec.Learner.Name,
                                HtmlText.Number(Evaluations[i]["logLoss"]),
                                HtmlText.Number(Evaluations[i]["accuracy"]),
                                HtmlText.Number(Evaluations[i]["brier"]),
                                HtmlText.Number(Evaluations[i]["auc"]),
                                HtmlText.Number(Comparison?.Models[i].AgainstFirst?.LogLoss),
                                HtmlText.Number(Comparison?.Models[i].AgainstFirst?.Accuracy),
                            ]
                )
            )
            .Element(
                "p",
                "A smaller log loss and Brier score is better, and a larger accuracy and AUC. Intervals hold with 95 %.",
                "lede"
            );

    /// <summary>Classes have no order, so no one lift and no one curve.</summary>
    void AddClasses(HtmlText body)
    {
        foreach (var (evaluation, i) in Evaluations.Select((one, i) => (one, i)))
        {
            body.Element("h2", Evaluations.Count == 1 ? "Classes" : $"Classes of {evaluation.Model}")
                .Table(
                    [
                        "class",
                        "rows",
                        "expected",
                        "AUC against the rest",
                        "log loss",
                        "found",
                        "right",
                        "calibration slope",
                        "AUC against the first",
                    ],
                    evaluation.Classes!.Select(
                        (line, _) =>
                            (IReadOnlyList<string>)
                                [
                                    line.Name,
                                    HtmlText.Number(line.Actual),
                                    HtmlText.Number(line.Predicted),
                                    HtmlText.Number(line.Auc),
                                    HtmlText.Number(line.LogLoss),
                                    HtmlText.Number(line.Recall),
                                    HtmlText.Number(line.Precision),
                                    HtmlText.Number(line.Calibration?.Slope),
                                    HtmlText.Number(Pair(i, line.Name)?.Auc),
                                ]
                    )
                )
                .Element(
                    "p",
                    "Rows by weight; expected are their probabilities, added up. Found: share of a class's rows for which it is the most likely "
                        + "class; right: share of the rows so told that are of it. A slope of 1 is calibrated, below 1 probabilities are too far apart.",
                    "lede"
                );
            AddConfusion(body, evaluation.Classes!);
        }
    }

    static void AddConfusion(HtmlText body, IReadOnlyList<ClassResult> classes)
    {
        if (classes.Count > MostDrawn)
            return;
        body.Table(
            ["class", .. classes.Select(line => $"told {line.Name}")],
            classes.Select(line =>
                (IReadOnlyList<string>)
                    [line.Name, .. classes.Select(other => HtmlText.Number(line.TakenFor.GetValueOrDefault(other.Name)))]
            )
        );
    }

    void AddClassCalibration(HtmlText body)
    {
        body.Element("h2", "Calibration")
            .Element(
                "p",
                "Rows in bands of equal weight by a class's probability. Where actual stays with expected, the probability can be taken at its word.",
                "lede"
            );
        foreach (var name in Drawn)
        {
            body.Element("h3", name);
            foreach (var evaluation in Evaluations)
                Add(body, CalibrationOf(evaluation.Model, evaluation.Classes!.First(line => line.Name == name)));
            for (var i = 1; i < Evaluations.Count; i++)
            {
                if (Pair(i, name) is { } pair)
                    Add(body, DoubleLiftOf(Evaluations[i].Model, pair));
            }
        }
    }

    Picture CalibrationOf(string model, ClassResult line) =>
        new LevelPlot
        {
            Title = $"Probability of {line.Name} by {model}",
            Horizontal = "band, lowest probabilities first",
            Vertical = $"share of {line.Name}",
            Levels = [.. line.Bands.Select(band => $"{band.Band}")],
            Exposure = [.. line.Bands.Select(band => band.Exposure)],
            ExposureUnit = Weight,
            Series =
            [
                new("actual", [.. line.Bands.Select(band => Ratio(band.Actual, band.Exposure))], IsActual: true),
                new(model, [.. line.Bands.Select(band => Ratio(band.Expected, band.Exposure))]),
            ],
        }.Draw();

    Picture DoubleLiftOf(string model, ClassDifference pair) =>
        new LevelPlot
        {
            Title = $"{pair.Name}: {model} against {First.Model}",
            Horizontal = $"band, {model} lowest against {First.Model} first",
            Vertical = $"share of {pair.Name}",
            Levels = [.. pair.DoubleLift.Select(band => $"{band.Band}")],
            Exposure = [.. pair.DoubleLift.Select(band => band.Exposure)],
            ExposureUnit = Weight,
            Series =
            [
                new("actual", [.. pair.DoubleLift.Select(band => Ratio(band.Actual, band.Exposure))], IsActual: true),
                new(First.Model, [.. pair.DoubleLift.Select(band => Ratio(band.First, band.Exposure))]),
                new(model, [.. pair.DoubleLift.Select(band => Ratio(band.This, band.Exposure))]),
            ],
        }.Draw();

    void AddClassFactors(HtmlText body)
    {
        body.Element("h2", "Shares by factor").Element("p", "Of each class, by factor and level; grey bars are weight.", "lede");
        foreach (var factor in First.Classes![0].Factors)
        {
            body.Element("h3", factor.InModel ? factor.Factor : $"{factor.Factor} (not in {First.Model})");
            foreach (var name in Drawn)
                Add(body, OneWay(name, factor.Factor));
        }
    }

    Picture OneWay(string name, string factor)
    {
        var first = FactorOf(First, name, factor)!;
        return new LevelPlot
        {
            Title = $"Share of {name} by {factor}",
            Horizontal = factor,
            Vertical = $"share of {name}",
            Levels = [.. first.Levels.Select(level => level.Level)],
            Exposure = [.. first.Levels.Select(level => level.Exposure)],
            ExposureUnit = Weight,
            Series =
            [
                new("observed", [.. first.Levels.Select(level => Ratio(level.Actual, level.Exposure))], IsActual: true),
                .. Same(first, one => FactorOf(one, name, factor))
                    .Select(one => new Series(
                        one.Model,
                        [.. one.Factor.Levels.Select(level => Ratio(level.Expected, level.Exposure))]
                    )),
            ],
        }.Draw();
    }

    static FactorResult? FactorOf(Evaluation evaluation, string name, string factor) =>
        evaluation.Classes!.FirstOrDefault(line => line.Name == name)?.Factors.FirstOrDefault(other => other.Factor == factor);

    /// <summary>In the first model's order.</summary>
    IEnumerable<string> Drawn
    {
        get
        {
            var largest = First.Classes!.OrderByDescending(line => line.Actual).Take(MostDrawn).ToHashSet();
            return First.Classes!.Where(largest.Contains).Select(line => line.Name);
        }
    }

    ClassDifference? Pair(int model, string name) =>
        Comparison?.Models[model].AgainstFirst?.Classes?.FirstOrDefault(pair => pair.Name == name);
}
