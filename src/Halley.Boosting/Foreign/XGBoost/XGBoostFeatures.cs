using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Halley.Boosting;

/// <summary>Names, kinds and stored levels of XGBoost's features.</summary>
static class XGBoostFeatures
{
    const int Most = 1_000_000;

    internal static ForeignFeature[] Of(DocumentNode learner, int count)
    {
        if (count is < 0 or > Most)
            ForeignErrors.Malformed("learner.learner_model_param.num_feature", $"{count} features are claimed.");
        var names = learner.Find("feature_names")?.Texts() ?? [];
        var kinds = learner.Find("feature_types")?.Texts() ?? [];
        if ((names.Count > 0 && names.Count != count) || (kinds.Count > 0 && kinds.Count != count))
            ForeignErrors.Malformed(
                "learner",
                $"{names.Count} feature names and {kinds.Count} types stand for {count} features."
            );
        var levels = StoredLevels(learner, count);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(feature => new ForeignFeature(
                    names.Count > 0 ? names[feature] : string.Create(CultureInfo.InvariantCulture, $"f{feature}"),
                    levels[feature] is not null || (kinds.Count > 0 && kinds[feature] == "c"),
                    levels[feature]
                )),
        ];
    }

    /// <summary>Since 3.1: the texts of each category, as UTF-8 bytes with offsets; none for numbers.</summary>
    static IReadOnlyList<string>?[] StoredLevels(DocumentNode learner, int count)
    {
        var levels = new IReadOnlyList<string>?[count];
        var booster = learner["gradient_booster"];
        var stored = (booster.Find("model") ?? booster.Find("gbtree")?.Find("model"))?.Find("cats")?.Find("enc")?.List() ?? [];
        if (stored.Count == 0)
            return levels;
        if (stored.Count != count)
            ForeignErrors.Malformed("cats.enc", $"categories of {stored.Count} features are stored, and there are {count}.");
        for (var feature = 0; feature < count; feature++)
            levels[feature] = LevelsOf(stored[feature]);
        return levels;
    }

    static List<string>? LevelsOf(DocumentNode encoding)
    {
        var values = encoding["values"].Whole();
        if (encoding.Find("offsets") is not { } node)
            // Categories that are numbers themselves.
            return values.Length == 0 ? null : [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))];
        var offsets = node.Whole();
        if (offsets.Length < 2)
            return null;
        var bytes = new byte[values.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)values[i];
        var levels = new List<string>();
        for (var level = 0; level + 1 < offsets.Length; level++)
        {
            var (start, end) = (offsets[level], offsets[level + 1]);
            if (start < 0 || end < start || end > bytes.Length || !Utf8.IsValid(bytes.AsSpan(start, end - start)))
                ForeignErrors.Malformed(encoding.Path, $"level {level} is not a text within its bytes.");
            levels.Add(Encoding.UTF8.GetString(bytes, start, end - start));
        }
        if (levels.Distinct(StringComparer.Ordinal).Count() != levels.Count)
            ForeignErrors.Malformed(encoding.Path, $"a level stands twice.");
        return levels;
    }
}
