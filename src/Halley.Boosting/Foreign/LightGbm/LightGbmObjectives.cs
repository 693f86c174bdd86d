using System.Globalization;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>What LightGBM's objective line means, for example <c>binary sigmoid:0.7</c>.</summary>
static class LightGbmObjectives
{
    /// <summary>Null for an objective that is not known.</summary>
    internal static ForeignLink? LinkOf(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var link = (words.Length == 0 ? "" : words[0]) switch
        {
            "regression" or "regression_l2" or "l2" or "mean_squared_error" or "mse" or "huber" or "fair" => ForeignLink.Mean,
            "regression_l1" or "l1" or "quantile" or "mape" or "lambdarank" or "rank_xendcg" => ForeignLink.Identity,
            "poisson" => ForeignLink.Log(Family.Poisson),
            "gamma" => ForeignLink.Log(Family.Gamma),
            "tweedie" => ForeignLink.Log(Family.Tweedie(ParameterOf(words, "tweedie_variance_power", 1.5))),
            "binary" => ForeignLink.Logistic with { Scale = ParameterOf(words, "sigmoid", 1) },
            "cross_entropy" or "xentropy" => ForeignLink.Logistic,
            "cross_entropy_lambda" or "xentlambda" => ForeignLink.Mean with { Transform = ScoreTransform.SoftPlus },
            "multiclass" or "softmax" => ForeignLink.Softmax,
            "multiclassova" or "multiclass_ova" or "ova" or "ovr" => ForeignLink.Logistic with
            {
                Scale = ParameterOf(words, "sigmoid", 1),
            },
            _ => null,
        };
        return link is not null && words.Contains("sqrt") ? link with { Transform = ScoreTransform.SignedSquare } : link;
    }

    static double ParameterOf(string[] words, string name, double otherwise)
    {
        if (Array.Find(words, word => word.StartsWith(name + ":", StringComparison.Ordinal)) is not { } found)
            return otherwise;
        return
            double.TryParse(found.AsSpan(name.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value > 0
            ? value
            : throw ForeignErrors.MalformedAt("objective", $"'{DocumentNode.Shortened(found)}' is not a number above 0.");
    }
}
