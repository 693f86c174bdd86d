using System.Globalization;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>What XGBoost's objectives mean.</summary>
static class XGBoostObjectives
{
    /// <summary>Null for an objective that is not known.</summary>
    internal static ForeignLink? LinkOf(string objective, DocumentNode parameters) =>
        objective switch
        {
            "reg:squarederror" or "reg:linear" or "reg:squaredlogerror" or "reg:pseudohubererror" => ForeignLink.Mean,
            "reg:absoluteerror" or "reg:quantileerror" or "reg:expectileerror" => ForeignLink.Identity,
            "rank:pairwise" or "rank:ndcg" or "rank:map" or "binary:logitraw" => ForeignLink.Identity,
            "reg:logistic" or "binary:logistic" => ForeignLink.Logistic,
            "count:poisson" => ForeignLink.Log(Family.Poisson),
            "reg:gamma" => ForeignLink.Log(Family.Gamma),
            "reg:tweedie" => ForeignLink.Log(Family.Tweedie(TweediePower(parameters))),
            "binary:hinge" => ForeignLink.Identity with { Transform = ScoreTransform.Step },
            "multi:softprob" => ForeignLink.Softmax,
            "multi:softmax" => ForeignLink.Identity with { Transform = ScoreTransform.LargestOutput },
            _ => null,
        };

    /// <summary>The raw score of a base score that is on the scale of the outcome, in 32-bit floats as the library does it.</summary>
    internal static float RawBase(string objective, float value) =>
        objective switch
        {
            "reg:logistic" or "binary:logistic" => -MathF.Log(1 / value - 1),
            "count:poisson" or "reg:gamma" or "reg:tweedie" or "survival:cox" or "survival:aft" => MathF.Log(value),
            _ => value,
        };

    static double TweediePower(DocumentNode objective)
    {
        var text = objective.Find("tweedie_regression_param")?.Find("tweedie_variance_power")?.Text() ?? "1.5";
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var power) || power is not (> 1 and < 2))
            throw ForeignErrors.MalformedAt(
                "learner.objective",
                $"the Tweedie power is '{DocumentNode.Shortened(text)}', not between 1 and 2."
            );
        // The library keeps a float: 1.60000002 stands for 1.6.
        return Math.Round(power, 6);
    }
}
