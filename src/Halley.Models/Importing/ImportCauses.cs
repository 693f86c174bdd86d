using System.Globalization;
using Halley.Boosting;

namespace Halley.Models;

/// <summary>Tries the usual reasons why an imported model and the library's predictions differ, and names the first that removes the difference.</summary>
static class ImportCauses
{
    const double SinglePrecision = 1e-5;
    const int StagesTried = 2000;

    public static string Find(
        ForeignModel foreign,
        ContentHash hash,
        ImportOptions options,
        Table rows,
        double[] expected,
        PredictMode mode,
        double tolerance,
        double largest
    )
    {
        if (largest <= SinglePrecision)
            return "32-bit floats: the differences are of the size of their rounding. Allow them with --tolerance 1e-5.";
        var model = ModelImporter.Make(foreign, hash, options, rows);
        if (Fits(PredictMode.Raw, model))
            return "the column holds raw scores, before the link. Compare with --raw.";
        if (mode == PredictMode.ExposureApplied && Fits(PredictMode.AtExposureOne, model))
            return "the column leaves the offset out: it holds predictions at exposure 1. Compare with --at-exposure 1, or add log(exposure) to the library's raw score.";
        if (mode == PredictMode.AtExposureOne && model.Spec.Exposure is not null && Fits(PredictMode.ExposureApplied, model))
            return "the column has the exposure in it. Compare without --at-exposure.";
        if (
            foreign.Library == "XGBoost"
            && options.ExposureRole == ExposureRole.Offset
            && TryMake(options with { ExposureRole = ExposureRole.None, Exposure = null }) is { } withBase
            && Fits(PredictMode.AtExposureOne, withBase)
        )
            return "the column leaves the offset out: it was predicted without base_margin, and XGBoost then adds its base score in place of log(exposure), so these are predictions for no exposure at all. "
                + "Predict with DMatrix(X, base_margin=np.log(exposure)) and compare again; if there was no base_margin in training either, it is --as none.";
        foreach (
            var role in Enum.GetValues<ExposureRole>()
                .Where(role => role != options.ExposureRole && options.ExposureRole is not null)
        )
        {
            if (
                TryMake(options with { ExposureRole = role, Exposure = role == ExposureRole.None ? null : options.Exposure })
                    is { } other
                && Fits(mode, other)
            )
                return $"the exposure came into training in another way: the predictions are those of --as {ImportErrors.Word(role)}.";
        }
        if (StageThatFits() is { } stage)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the tree limit: the predictions use the first {stage} of {foreign.Iterations} iterations. Import with --iterations {stage}."
            );
        if (CategoryOrder() is { } feature)
            return $"the order of the levels of '{feature}': the predictions follow another one. Write levels.json from the data frame that was fitted.";
        return "none of the usual ones (offset, raw or transformed, tree limit, category order, 32-bit floats). Compare the leaves of a row with the library's own to find the input that differs.";

        bool Fits(PredictMode tried, FittedModel candidate)
        {
            try
            {
                return ImportCheck.Largest(candidate.Predict(rows, tried).Values, expected).Largest
                    <= Math.Max(tolerance, SinglePrecision);
            }
            catch (HalleyException)
            {
                return false;
            }
        }

        FittedModel? TryMake(ImportOptions changed)
        {
            try
            {
                return ModelImporter.Make(foreign, hash, changed, rows);
            }
            catch (HalleyException)
            {
                return null;
            }
        }

        int? StageThatFits()
        {
            if (foreign.Iterations > StagesTried)
                return null;
            // A few rows tell a wrong number of trees from the right one; the rest confirm it.
            var few = rows.Take([.. Enumerable.Range(0, Math.Min(8, rows.RowCount))]);
            for (var stage = foreign.Iterations; stage >= 1; stage--)
            {
                if (
                    TryMake(options with { Iterations = stage }) is { } shorter
                    && ImportCheck.Largest(shorter.Predict(few, mode).Values, expected.AsSpan(0, few.RowCount)).Largest
                        <= Math.Max(tolerance, SinglePrecision)
                    && Fits(mode, shorter)
                )
                    return stage;
            }
            return null;
        }

        string? CategoryOrder()
        {
            foreach (var (name, levels) in options.Levels)
            {
                var sorted = new LevelList(levels.Levels.Order(StringComparer.Ordinal));
                var met = rows.Find(name) is CategoricalColumn column ? column.Levels : sorted;
                foreach (var order in (LevelList[])[sorted, met])
                {
                    var changed = new Dictionary<string, LevelList>(options.Levels) { [name] = order };
                    if (
                        !order.SequenceEqual(levels)
                        && TryMake(options with { Levels = changed }) is { } other
                        && Fits(mode, other)
                    )
                        return name;
                }
            }
            return null;
        }
    }
}
