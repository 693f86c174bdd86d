using System.Globalization;
using Halley.Glm;
using Halley.Models;

namespace Halley.Reports;

/// <summary>Models of one target as a self-contained HTML page with the pictures that actuaries look for.</summary>
public sealed partial record ModelReport
{
    public required string Title { get; init; }

    /// <summary>The models, the champion first.</summary>
    public required IReadOnlyList<FittedModel> Models { get; init; }

    /// <summary>Evaluations of the models on the same rows, in the same order.</summary>
    public required IReadOnlyList<Evaluation> Evaluations { get; init; }

    /// <summary>The models side by side; null for one model alone.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>Whether the terms of models do the same in every part of the learn rows; empty where nobody asked.</summary>
    public IReadOnlyList<ModelConsistency> Consistency { get; init; } = [];

    /// <summary>Whether the data were generated.</summary>
    public bool Simulated { get; init; }

    static readonly string[] YesNoFigures = ["auc", "averagePrecision", "logLoss"];

    Evaluation First => Evaluations[0];

    bool HasExposure => First.Exposure is not null;

    string Weight => HasExposure ? "years" : "weight";

    string Rate => HasExposure ? $"{Models[0].Spec.Target} a year" : Models[0].Spec.Target;

    /// <summary>The page.</summary>
    public string ToHtml()
    {
        var body = new HtmlText();
        AddSummary(body);
        if (First.Classes is not null)
        {
            AddClasses(body);
            AddClassCalibration(body);
            AddClassFactors(body);
            AddDependences(body);
        }
        else
        {
            AddLift(body);
            AddDoubleLift(body);
            AddLorenz(body);
            AddFactors(body);
            AddDependences(body);
        }
        AddResiduals(body);
        AddTermTests(body);
        AddSmooths(body);
        AddPenalties(body);
        AddConsistency(body);
        AddRelativities(body);
        AddLineage(body);
        var part = First.Part is { } measured ? $"{measured.ToString().ToLowerInvariant()} rows" : "all rows";
        return ReportPage.Of(Title, $"Measured on {First.Rows:N0} {part} that no model learned from.", Simulated, body);
    }

    void AddSummary(HtmlText body)
    {
        if (First.Classes is not null)
        {
            AddClassSummary(body);
            return;
        }
        body.Element("h2", "In short")
            .Table(
                ["model", "learner", "deviance", "Gini", "actual / expected", "deviance against the first"],
                Models.Select(
                    (model, i) =>
                        (IReadOnlyList<string>)
                            [
                                model.Name,
                                model.Spec.Learner.Name,
                                HtmlText.Number(Evaluations[i]["deviance"]),
                                HtmlText.Number(Evaluations[i].Gini),
                                HtmlText.Number(Evaluations[i].ActualExpected),
                                HtmlText.Number(Comparison?.Models[i].AgainstFirst?.Deviance),
                            ]
                )
            )
            .Element("p", "A smaller deviance is better, and a larger Gini. Intervals hold with 95 %.", "lede");
        foreach (var name in YesNoFigures.Where(name => First[name] is not null))
            body.Element(
                "p",
                $"{name}: {string.Join("; ", Evaluations.Select(one => $"{one.Model} {HtmlText.Number(one[name])}"))}"
            );
    }

    void AddLift(HtmlText body)
    {
        body.Element("h2", "Lift")
            .Element(
                "p",
                "Rows in bands of equal exposure, by what the model predicts. A good model rises steeply, and actual follows.",
                "lede"
            );
        foreach (var evaluation in Evaluations)
            Add(body, LiftOf(evaluation));
    }

    Picture LiftOf(Evaluation evaluation) =>
        new LevelPlot
        {
            Title = $"Lift of {evaluation.Model}",
            Horizontal = "band, lowest predictions first",
            Vertical = Rate,
            Levels = [.. evaluation.Lift.Select(band => $"{band.Band}")],
            Exposure = [.. evaluation.Lift.Select(band => band.Exposure)],
            ExposureUnit = Weight,
            Series =
            [
                new("actual", [.. evaluation.Lift.Select(band => Ratio(band.Actual, band.Exposure))], IsActual: true),
                new(evaluation.Model, [.. evaluation.Lift.Select(band => Ratio(band.Expected, band.Exposure))]),
            ],
        }.Draw();

    void AddDoubleLift(HtmlText body)
    {
        foreach (var compared in Comparison?.Models.Where(model => model.AgainstFirst is not null) ?? [])
        {
            var bands = compared.AgainstFirst!.DoubleLift;
            body.Element("h2", "Double lift")
                .Element(
                    "p",
                    $"Rows by {compared.Model} over {First.Model}. Where they disagree most, at both ends, the better model stays with actual.",
                    "lede"
                );
            Add(
                body,
                new LevelPlot
                {
                    Title = $"{compared.Model} against {First.Model}",
                    Horizontal = $"band, {compared.Model} lowest against {First.Model} first",
                    Vertical = Rate,
                    Levels = [.. bands.Select(band => $"{band.Band}")],
                    Exposure = [.. bands.Select(band => band.Exposure)],
                    ExposureUnit = Weight,
                    Series =
                    [
                        new("actual", [.. bands.Select(band => Ratio(band.Actual, band.Exposure))], IsActual: true),
                        new(First.Model, [.. bands.Select(band => Ratio(band.First, band.Exposure))]),
                        new(compared.Model, [.. bands.Select(band => Ratio(band.This, band.Exposure))]),
                    ],
                }.Draw()
            );
        }
    }

    void AddLorenz(HtmlText body)
    {
        body.Element("h2", "Lorenz curve")
            .Element("p", "The further below the line, the better the model tells good risks from bad.", "lede");
        Add(
            body,
            new CurvePlot
            {
                Title = "Lorenz curve",
                Horizontal = "share of exposure, lowest predictions first",
                Vertical = $"share of {Models[0].Spec.Target}",
                Diagonal = "no model",
                Curves =
                [
                    .. Evaluations.Select(one => new Curve(
                        $"{one.Model}, Gini {HtmlText.Number(one.Gini?.Value)}",
                        [.. one.Lorenz.Select(point => point.ExposureShare)],
                        [.. one.Lorenz.Select(point => point.ActualShare)]
                    )),
                ],
            }.Draw()
        );
    }

    void AddFactors(HtmlText body)
    {
        body.Element("h2", "One-way and actual over expected")
            .Element("p", "By factor and level; grey bars are exposure.", "lede");
        foreach (var factor in First.Factors)
        {
            body.Element("h3", factor.InModel ? factor.Factor : $"{factor.Factor} (not in {First.Model})");
            Add(body, OneWay(factor));
            Add(body, ActualExpected(factor));
        }
    }

    Picture OneWay(FactorResult factor) =>
        new LevelPlot
        {
            Title = $"{Rate} by {factor.Factor}",
            Horizontal = factor.Factor,
            Vertical = Rate,
            Levels = [.. factor.Levels.Select(level => level.Level)],
            Exposure = [.. factor.Levels.Select(level => level.Exposure)],
            ExposureUnit = Weight,
            Series =
            [
                new("observed", [.. factor.Levels.Select(level => Ratio(level.Actual, level.Exposure))], IsActual: true),
                .. SameAs(factor)
                    .Select(one => new Series(
                        one.Model,
                        [.. one.Factor.Levels.Select(level => Ratio(level.Expected, level.Exposure))]
                    )),
            ],
        }.Draw();

    Picture ActualExpected(FactorResult factor) =>
        new LevelPlot
        {
            Title = $"Actual over expected by {factor.Factor}",
            Horizontal = factor.Factor,
            Vertical = "actual / expected",
            Levels = [.. factor.Levels.Select(level => level.Level)],
            Exposure = [.. factor.Levels.Select(level => level.Exposure)],
            ExposureUnit = Weight,
            Reference = 1,
            Series =
            [
                .. SameAs(factor)
                    .Select(one => new Series(
                        one.Model,
                        [.. one.Factor.Levels.Select(level => level.Ratio?.Value ?? double.NaN)],
                        [.. one.Factor.Levels.Select(level => level.Ratio?.Lower ?? double.NaN)],
                        [.. one.Factor.Levels.Select(level => level.Ratio?.Upper ?? double.NaN)]
                    )),
            ],
        }.Draw();

    /// <summary>The factor as each model that shows it with the same levels has it.</summary>
    IEnumerable<(string Model, FactorResult Factor)> SameAs(FactorResult factor) =>
        Same(factor, one => one.Factors.FirstOrDefault(other => other.Factor == factor.Factor));

    /// <param name="ofModel">The factor as a model has it; null where it does not show it.</param>
    IEnumerable<(string Model, FactorResult Factor)> Same(FactorResult factor, Func<Evaluation, FactorResult?> ofModel) =>
        Evaluations
            .Select(one => (one.Model, Factor: ofModel(one)))
            .Where(pair =>
                pair.Factor is not null
                && pair.Factor.Levels.Select(level => level.Level).SequenceEqual(factor.Levels.Select(level => level.Level))
            )
            .Select(pair => (pair.Model, pair.Factor!));

    void AddTermTests(HtmlText body)
    {
        foreach (var model in Models.Where(model => model.Header.TermTests is { Count: > 0 }))
        {
            var tests = model.Header.TermTests!;
            var hasRatios = tests.Any(test => test.LikelihoodRatio is not null);
            string[] ratios = hasRatios ? ["deviance without it", "p (likelihood ratio)", "AIC without it"] : [];
            body.Element("h2", $"Terms of {model.Name}")
                .Element(
                    "p",
                    "Whether each term as a whole has an effect, the others being there. A small p says that it has.",
                    "lede"
                )
                .Table(
                    ["term", "degrees of freedom", "Wald", "p", .. ratios],
                    tests.Select(test =>
                        (IReadOnlyList<string>)
                            [
                                test.Term,
                                HtmlText.Number(test.Degrees),
                                HtmlText.Number(test.Wald),
                                HtmlText.Number(test.WaldPValue),
                                .. hasRatios ? RatiosOf(test) : [],
                            ]
                    )
                );
            foreach (var note in model.Header.Advice?.Split(Environment.NewLine) ?? [])
                body.Element("p", note);
        }
    }

    static IEnumerable<string> RatiosOf(TermTest test) =>
        [Change(test.DevianceChange), HtmlText.Number(test.FPValue ?? test.LikelihoodRatioPValue), Change(test.AicChange)];

    static string Change(double? value) => value > 0 ? $"+{HtmlText.Number(value)}" : HtmlText.Number(value);

    void AddSmooths(HtmlText body)
    {
        foreach (var model in Models.Where(model => model.Header.Smooths is { Count: > 0 }))
        {
            body.Element("h2", $"Smooths of {model.Name}")
                .Element(
                    "p",
                    "Each curve is on the scale of the link and sums to zero over the rows; one that multiplies a number is its slope. Lines are two "
                        + "standard errors. A surface is drawn along its first column, a line for each of a few values of the second. "
                        + $"Degrees of freedom: {string.Join("; ", model.Header.Smooths!.Select(smooth => $"{smooth.Name} {HtmlText.Number(smooth.Degrees)}"))}.",
                    "lede"
                );
            foreach (var smooth in model.Header.Smooths!.Where(smooth => smooth.Curve.Count > 0))
                Add(body, CurveOf(smooth));
            foreach (var smooth in model.Header.Smooths!.Where(smooth => smooth.Surface is { Count: > 0 }))
                Add(body, SurfaceOf(smooth));
        }
    }

    /// <summary>A line along the first column for each of a few values of the second; a third column stands at its middle value.</summary>
    static Picture SurfaceOf(SmoothSummary smooth)
    {
        const int lines = 4;
        var (columns, points) = (smooth.Columns!, smooth.Surface!);
        double[] ValuesOf(int column) => [.. points.Select(point => point.At[column]).Distinct().Order()];
        var (along, across) = (ValuesOf(0), ValuesOf(1));
        var middle = Enumerable
            .Range(2, columns.Count - 2)
            .Select(column => ValuesOf(column))
            .Select(own => own[own.Length / 2])
            .ToArray();
        var count = Math.Min(lines, across.Length);
        var shown = Enumerable.Range(0, count).Select(i => across[i * (across.Length - 1) / Math.Max(count - 1, 1)]);
        return new LevelPlot
        {
            Title = smooth.Name,
            Horizontal = string.Join(
                ", ",
                columns.Skip(2).Zip(middle, (column, value) => $"{column} {Short(value)}").Prepend(columns[0])
            ),
            Vertical = "effect",
            Levels = [.. along.Select(Short)],
            Exposure = [.. along.Select(_ => 0.0)],
            Reference = 0,
            Series =
            [
                .. shown.Select(value => new Series(
                    $"{columns[1]} {Short(value)}",
                    [
                        .. points
                            .Where(point => point.At[1] == value && point.At.Skip(2).SequenceEqual(middle))
                            .Select(point => point.Value),
                    ]
                )),
            ],
        }.Draw();
    }

    static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    static Picture CurveOf(SmoothSummary smooth) =>
        new LevelPlot
        {
            Title = smooth.Name,
            Horizontal = smooth.Term,
            Vertical = "effect",
            Levels = [.. smooth.Curve.Select(point => Short(point.X))],
            Exposure = [.. smooth.Curve.Select(_ => 0.0)],
            Reference = 0,
            Series =
            [
                new(
                    "effect",
                    [.. smooth.Curve.Select(point => point.Value)],
                    [.. smooth.Curve.Select(point => point.Value - 2 * point.StandardError)],
                    [.. smooth.Curve.Select(point => point.Value + 2 * point.StandardError)]
                ),
            ],
        }.Draw();

    void AddRelativities(HtmlText body)
    {
        foreach (var model in Models.Where(model => model.Header.Relativities.Count > 0))
        {
            body.Element("h2", $"Relativities of {model.Name}")
                .Element("p", "What each level multiplies the prediction by; the base is 1. Lines are 95 % intervals.", "lede");
            foreach (
                var factor in model
                    .Header.Relativities.GroupBy(row => row.Factor)
                    .Where(group => group.Count() > 1 && group.Any(row => row.IsBase))
            )
                Add(body, RelativitiesOf(factor));
        }
    }

    static Picture RelativitiesOf(IGrouping<string, Relativity> factor)
    {
        var rows = factor.ToList();
        return new LevelPlot
        {
            Title = $"Relativities by {factor.Key}",
            Horizontal = factor.Key,
            Vertical = "relativity",
            Levels = [.. rows.Select(row => row.IsBase ? $"{row.Level} (base)" : row.Level)],
            Exposure = [.. rows.Select(row => row.Exposure ?? 0)],
            Reference = 1,
            Series =
            [
                new(
                    "relativity",
                    [.. rows.Select(row => row.Value)],
                    [.. rows.Select(row => row.Lower ?? row.Value)],
                    [.. rows.Select(row => row.Upper ?? row.Value)]
                ),
            ],
        }.Draw();
    }

    void AddLineage(HtmlText body) =>
        body.Element("h2", "Where the models come from")
            .Table(
                ["model", "spec", "data", "code", "seed"],
                Models.Select(model =>
                    (IReadOnlyList<string>)
                        [
                            model.Name,
                            model.Lineage.SpecHash[..12],
                            model.Lineage.DataFingerprint[..12],
                            model.Lineage.CodeVersion,
                            $"{model.Lineage.Seed}",
                        ]
                )
            );

    static void Add(HtmlText body, Picture picture) => body.Raw(picture.ToSvg());

    static double Ratio(double amount, double exposure) => exposure > 0 ? amount / exposure : double.NaN;
}
