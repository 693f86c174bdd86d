using Halley.Models;
using Halley.Statistics;

namespace Halley.Reports;

public sealed partial record ModelReport
{
    /// <summary>Dependence of tree models on their inputs; empty where nobody asked.</summary>
    public IReadOnlyList<ModelDependence> Dependences { get; init; } = [];

    void AddDependences(HtmlText body)
    {
        foreach (var dependence in Dependences)
        {
            var ofClasses = dependence.Lines.Has("output");
            var isFactor = ofClasses || Models.First(model => model.Name == dependence.Model).Link.Function == LinkFunction.Log;
            body.Element("h2", $"What {dependence.Model} has learned of its inputs")
                .Element(
                    "p",
                    $"The inputs that its trees use most, over {dependence.Rows:N0} rows. Partial: the input is set to each value in all rows. "
                        + "Accumulated: steps over the rows near each value, added up, so that combinations that never occur do not count. "
                        + (
                            ofClasses
                                ? "Both as a factor on the odds of a class against all others, 1 on average of their logarithm."
                            : isFactor ? "Both as a factor on the prediction, 1 on average of the score."
                            : "Both on the scale of the link, 0 on average."
                        ),
                    "lede"
                );
            string?[] outputs = ofClasses ? [.. Drawn] : [null];
            foreach (var feature in FeaturesOf(dependence))
            {
                foreach (var output in outputs)
                    Add(body, DependenceOf(dependence, feature, output, isFactor));
            }
        }
    }

    static IEnumerable<string> FeaturesOf(ModelDependence dependence) =>
        Enumerable.Range(0, dependence.Lines.RowCount).Select(line => dependence.Lines["feature"].TextAt(line)!).Distinct();

    /// <param name="output">The class; null for a model of a number.</param>
    Picture DependenceOf(ModelDependence dependence, string feature, string? output, bool isFactor)
    {
        var lines = dependence.Lines;
        var (effects, weights) = (lines.Numeric("effect").Values.ToArray(), lines.Numeric("weight").Values.ToArray());
        var own = Enumerable
            .Range(0, lines.RowCount)
            .Where(line => lines["feature"].TextAt(line) == feature && (output is null || lines["output"].TextAt(line) == output))
            .ToList();
        var partial = own.FindAll(line => lines["kind"].TextAt(line) == Dependence.Partial);
        var accumulated = own.FindAll(line => lines["kind"].TextAt(line) == Dependence.Accumulated);
        double[] Of(List<int> some) => [.. some.Select(line => isFactor ? Math.Exp(effects[line]) : effects[line])];
        return new LevelPlot
        {
            Title = output is null ? $"{dependence.Model} by {feature}" : $"{output} by {feature}, {dependence.Model}",
            Horizontal = feature,
            Vertical =
                output is not null ? $"factor on the odds of {output}"
                : isFactor ? "factor on the prediction"
                : "effect on the score",
            Levels = [.. partial.Select(line => lines["value"].TextAt(line) is { Length: > 0 } text ? text : "missing")],
            Exposure = [.. partial.Select(line => weights[line])],
            ExposureUnit = Weight,
            Series =
            [
                new("partial dependence", Of(partial)),
                .. accumulated.Count == partial.Count
                    ? [new Series("accumulated local effects", Of(accumulated))]
                    : Array.Empty<Series>(),
            ],
            Reference = isFactor ? 1 : 0,
        }.Draw();
    }
}
