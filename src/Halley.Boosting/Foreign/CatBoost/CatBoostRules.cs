namespace Halley.Boosting;

/// <summary>CatBoost's names of statistics.</summary>
static class CatBoostRules
{
    internal static CtrRule Of(string type, int border, float prior, float denominator, float shift, float scale, string place)
    {
        var kind = type switch
        {
            "Borders" => CtrKind.Borders,
            "Buckets" => CtrKind.Buckets,
            "BinarizedTargetMeanValue" => CtrKind.Mean,
            "Counter" or "FeatureFreq" => CtrKind.Counter,
            _ => throw ForeignErrors.Unsupported(
                place,
                $"the statistic '{DocumentNode.Shortened(type)}' is not known.",
                "Fit the model with Borders, Buckets, BinarizedTargetMeanValue or Counter."
            ),
        };
        if (
            border < 0
            || !float.IsFinite(prior)
            || !float.IsFinite(denominator)
            || !float.IsFinite(shift)
            || !float.IsFinite(scale)
        )
            ForeignErrors.Malformed(
                place,
                $"its border {border}, prior {prior}/{denominator}, shift {shift} or scale {scale} is not possible."
            );
        return new(kind, border, prior, denominator, shift, scale);
    }
}
