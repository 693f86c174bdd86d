using Halley.Boosting;

namespace Halley.Models;

/// <summary>What an import must be told. Codes HLY3451 to HLY3459.</summary>
static class ImportErrors
{
    public static HalleyException NoExposureRule(ForeignModel model) =>
        new(
            "HLY3451",
            $"the model's objective is {model.Objective}, so its predictions depend on the time at risk, and the file does not say how exposure came into training. "
                + "Give --exposure COLUMN --as RULE, where RULE is one of:\n"
                + $"  offset   log(exposure) was an offset:      {OffsetLine(model.Library)}\n"
                + $"  weight   a rate with exposure as weight:   {WeightLine(model.Library)}\n"
                + "  feature  exposure is a column of X:        X = df[[\"exposure\", ...]]\n"
                + "  none     exposure was not used:            model.fit(X, claims)\n"
                + "With 'none' no column is needed."
        );

    public static HalleyException NoColumn(ExposureRole role) =>
        new("HLY3452", $"--as {Word(role)} needs the column of years at risk: give --exposure COLUMN.");

    public static HalleyException NotAFeature(string column, IEnumerable<string> features) =>
        new(
            "HLY3453",
            $"--exposure {column} --as feature: the model has no such feature; it has {string.Join(", ", features.Take(20))}. Name one of those, or choose another rule."
        );

    public static HalleyException IsAFeature(string column) =>
        new(
            "HLY3454",
            $"--exposure {column}: the model reads '{column}' as a feature. Say --as feature, or name another column."
        );

    public static HalleyException NoLevels(IEnumerable<string> features) =>
        new(
            "HLY3455",
            $"the file holds only codes of the categories {string.Join(", ", features.Select(name => $"'{name}'"))}. "
                + "Give --levels levels.json with the levels of each in the order of their codes, for example {\"area\": [\"A\", \"B\"]}; "
                + "in Python: json.dump({c: list(map(str, df[c].cat.categories)) for c in df.select_dtypes(\"category\")}, open(\"levels.json\", \"w\"))."
        );

    public static HalleyException NoOutput(int count) =>
        new(
            "HLY3456",
            $"the model has {count} outputs (classes, targets or quantiles). Choose one with --output 0 to {count - 1}."
        );

    public static HalleyException NoLink(string objective) =>
        new(
            "HLY3457",
            $"the objective '{objective}' is not known, so neither is the way from raw score to prediction. Give --link {Statistics.Link.Names}."
        );

    public static HalleyException LinkNotLog(Statistics.Link link) =>
        new(
            "HLY3458",
            $"--as offset: log(exposure) is an offset under the log link only, and the link is {link}. Choose --as weight, feature or none."
        );

    public static string Word(ExposureRole role) => role.ToString().ToLowerInvariant();

    static string OffsetLine(string library) =>
        library switch
        {
            "XGBoost" => "DMatrix(X, claims, base_margin=np.log(exposure))",
            "LightGBM" => "Dataset(X, claims, init_score=np.log(exposure))",
            "CatBoost" => "Pool(X, claims, baseline=np.log(exposure))",
            _ => "fit(X, claims, offset=np.log(exposure))",
        };

    static string WeightLine(string library) =>
        library switch
        {
            "XGBoost" => "DMatrix(X, claims / exposure, weight=exposure)",
            "LightGBM" => "Dataset(X, claims / exposure, weight=exposure)",
            "CatBoost" => "Pool(X, claims / exposure, weight=exposure)",
            _ => "fit(X, claims / exposure, sample_weight=exposure)",
        };
}
