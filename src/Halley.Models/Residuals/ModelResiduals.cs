using Halley.Glm;

namespace Halley.Models;

/// <summary>Residuals of every kind, leverage and influence of a GLM's learn rows.</summary>
public sealed class ModelResiduals
{
    static readonly (string Name, Func<RowDiagnostics, IReadOnlyList<double>> Values)[] Kinds =
    [
        ("linear_predictor", rows => rows.Eta),
        ("fitted", rows => rows.Mean),
        ("response_residual", rows => rows.Response),
        ("pearson_residual", rows => rows.Pearson),
        ("deviance_residual", rows => rows.Deviance),
        ("working_residual", rows => rows.Working),
        ("anscombe_residual", rows => rows.Anscombe),
        ("working_weight", rows => rows.WorkingWeight),
        ("leverage", rows => rows.Leverage),
        ("standardised_pearson", rows => rows.StandardisedPearson),
        ("standardised_deviance", rows => rows.StandardisedDeviance),
        ("studentised_residual", rows => rows.Studentised),
        ("cooks_distance", rows => rows.CooksDistance),
        ("dffits", rows => rows.Dffits),
    ];

    readonly GlmRefit refit;
    readonly int[] sourceRows;
    readonly Table source;

    ModelResiduals(GlmRefit refit, Table source)
    {
        (this.refit, this.source) = (refit, source);
        Rows = refit.Fit.Inference.Diagnostics();
        var learn = refit.Data.SourceRowsOf(DataPart.Learn);
        sourceRows = [.. Rows.Row.Select(row => learn[row])];
    }

    /// <summary>Of each learn row with a positive weight.</summary>
    public RowDiagnostics Rows { get; }

    /// <summary>Row of the data, from 0, that each of <see cref="Rows"/> is.</summary>
    public IReadOnlyList<int> SourceRows => sourceRows;

    /// <summary>φ.</summary>
    public double Dispersion => refit.Fit.Dispersion;

    /// <summary>Fits the model again on its data, which must give the same model, and takes its residuals.</summary>
    /// <param name="table">What the model was fitted on.</param>
    /// <param name="offsetModel">The model that it stands on; null where it stands alone.</param>
    /// <param name="threads">0 for all processors.</param>
    /// <exception cref="HalleyException">HLY3490: the model is no GLM; HLY3461: these are other data; HLY3462: other code.</exception>
    public static ModelResiduals Of(
        FittedModel model,
        Table table,
        FittedModel? offsetModel = null,
        int threads = 0,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (model.Spec.Learner is not GlmLearner glm)
            throw new HalleyException(
                "HLY3490",
                $"model '{model.Name}' ({model.Spec.Learner.Name}) was not fitted as a GLM, so its rows have no leverage and no residuals of a fit. "
                    + "'halley evaluate' and 'halley report' show its crunched residuals."
            );
        // Tests and profile intervals cost fits and change no residual.
        var plain = glm with
        {
            Options = glm.Options with { LikelihoodRatioTests = false, ProfileIntervals = false },
        };
        return new(
            GlmRefit.Of(model, model.Spec with { Learner = plain }, table, offsetModel, threads, progress, cancellation),
            table
        );
    }

    /// <summary>Rows of neighbouring fitted means taken together, in groups of equal exposure.</summary>
    public IReadOnlyList<CrunchedResidual> Crunched(int groups) => refit.Fit.Inference.CrunchedResiduals(groups);

    /// <summary>Rows taken together by the levels of a column or derived feature, numbers in bands; levels without rows are left out.</summary>
    /// <param name="bands">Most distinct values of a number that stand each for itself, and most bands otherwise.</param>
    /// <exception cref="HalleyException">HLY1001: there is no such column.</exception>
    public IReadOnlyList<KeyValuePair<string, CrunchedResidual>> CrunchedBy(string factor, int bands = 12)
    {
        var learn = refit.Data.SourceRowsOf(DataPart.Learn);
        var column = refit.Set.Learn.Find(factor) ?? source.Select([factor]).Take(learn)[factor];
        var sizes = refit.Set.Exposure is { } exposure
            ? refit.Set.Learn.Exposure(exposure).Years.ToArray()
            : [.. learn.Select(_ => 1.0)];
        var groups = FactorGroups.Of(column, sizes, bands);
        return
        [
            .. refit
                .Fit.Inference.CrunchedResiduals(groups.Codes, groups.Labels.Count)
                .Select((residual, code) => KeyValuePair.Create(groups.Labels[code], residual))
                .Where(level => level.Value.RowCount > 0),
        ];
    }

    /// <summary>The rows of the data with their number (<c>row</c>, from 1) and every figure as a column; figures that the fit has not are left out.</summary>
    /// <remarks>A figure whose name the data have already gets <c>_2</c>.</remarks>
    public Table ToTable()
    {
        var table = source.Take(sourceRows);
        Add("row", [.. sourceRows.Select(row => row + 1.0)]);
        foreach (var (name, values) in Kinds)
        {
            if (values(Rows).Any(value => !double.IsNaN(value)))
                Add(name, [.. values(Rows)]);
        }
        return table;

        void Add(string name, double[] values)
        {
            while (table.Has(name))
                name += "_2";
            table = table.With(new NumericColumn(name, values));
        }
    }
}
