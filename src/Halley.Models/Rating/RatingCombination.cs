using Halley.Glm;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Frequency and severity of several perils as one table of pure premiums.</summary>
/// <param name="Model">Scores by the table.</param>
/// <param name="Exact">Total of the fitted sum over the rows: Σ exposure × Σ over perils of the product of their models.</param>
/// <param name="Table">Total of the table over the same rows.</param>
/// <param name="Perils">Total of each peril.</param>
/// <param name="Loss">Share of the total that the table puts on other rows than the sum does: ½ Σ |table − exact| / Σ exact.</param>
/// <param name="Losses">Each factor against the exact sum.</param>
public sealed record RatingCombination(
    FittedModel Model,
    double Exact,
    double Table,
    IReadOnlyList<KeyValuePair<string, double>> Perils,
    double Loss,
    IReadOnlyList<RatingLoss> Losses
)
{
    const string SumColumn = "(fitted sum)";

    /// <summary>Refits one table on the fitted sum.</summary>
    /// <param name="spec">Name, target, exposure, family, rows and split of the result; its derived features, rules and learner come from the models.</param>
    /// <param name="sourceHash">Says which artefacts were combined.</param>
    /// <exception cref="HalleyException">HLY3471, HLY2140: a model has no rating table; HLY3475: models that do not go together; as a fit.</exception>
    /// <remarks>
    /// Quasi-Poisson with the log link and exposure as offset: its score equations keep the total of every level of every factor. The base value
    /// then takes up what rounding left, so that the whole total is kept.
    /// </remarks>
    public static RatingCombination Of(
        IReadOnlyList<RatingPeril> perils,
        ModelSpec spec,
        ContentHash sourceHash,
        Table source,
        Schema? declared = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var models = perils.SelectMany(peril => peril.Models).ToList();
        // 1. What the table reads: every column of every model, with one meaning.
        var tables = models.ConvertAll(RatingModels.TableOf);
        spec = Joined(spec, models) with
        {
            Learner = new RatingLearner
            {
                Features = [.. tables.SelectMany(table => table.Columns).Distinct()],
                Source = string.Join(" + ", perils.Select(peril => string.Join(" × ", peril.Models.Select(model => model.Name)))),
                SourceHash = sourceHash.Hex,
                Edits = [],
            },
        };
        spec.EnsureValid();
        var data = PreparedData.Of(spec with { Split = null }, RatingColumns.AsCategories(spec, source));
        // 2. The exact sum on every row.
        var rows = data.SourceOf(DataPart.Learn, source);
        var totals = perils.Select(peril => Total(peril, spec, data, rows, progress, cancellation)).ToList();
        var exact = new double[rows.RowCount];
        foreach (var total in totals)
        {
            for (var row = 0; row < exact.Length; row++)
                exact[row] += total[row];
        }
        // 3. One table, fitted to it.
        progress?.Report(new("refitting the sum", 0.5));
        var (table, given) = Refit(spec, tables, data, exact, cancellation);
        var losses = RatingTotals.Losses(table, data.Table, exact, given);
        // 4. The model, measured on its own target.
        var model = RatingModels.Make(spec, table, source, declared, progress.Part(0.7, 1), cancellation);
        var (sum, fitted) = (Reduce.Sum(exact), Reduce.Sum(given));
        var shifted = Enumerable.Range(0, exact.Length).Sum(row => Math.Abs(given[row] - exact[row])) / 2;
        return new(
            model,
            sum,
            fitted,
            [.. perils.Zip(totals, (peril, total) => KeyValuePair.Create(peril.Name, Reduce.Sum(total)))],
            sum > 0 ? shifted / sum : 0,
            losses
        );
    }

    static double[] Total(
        RatingPeril peril,
        ModelSpec spec,
        PreparedData data,
        Table rows,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        progress?.Report(new("scoring", 0.1, peril.Name));
        var total = spec.Exposure is null
            ? Enumerable.Repeat(1.0, rows.RowCount).ToArray()
            : data.Table.Exposure(spec.Exposure).Years.ToArray();
        foreach (var model in peril.Models)
        {
            var predicted = model.Predict(rows, PredictMode.AtExposureOne, cancellation: cancellation).Values;
            for (var row = 0; row < total.Length; row++)
                total[row] *= predicted[row];
        }
        return total;
    }

    static (RatingTable Table, double[] Given) Refit(
        ModelSpec spec,
        IReadOnlyList<RatingTable> tables,
        PreparedData data,
        double[] exact,
        CancellationToken cancellation
    )
    {
        var set = data.TrainingSet(data.Table.With(new NumericColumn(SumColumn, exact)), validation: null) with
        {
            Target = SumColumn,
            Weight = null,
            ExposureUse = ExposureUse.Offset,
        };
        var options = new GlmOptions
        {
            Family = Family.QuasiPoisson,
            Link = Link.Log,
            Terms = RatingTerms.Of(tables),
        };
        var fit = new GlmTrainer(options).Fit(set, cancellation: cancellation);
        if (!fit.Converged)
            throw new HalleyException("HLY3476", $"the combined table of model '{spec.Name}' was not found: {fit.Advice}");
        var table = RatingTable.Of((GlmScorer)fit.Scorer);
        var given = new RatingTrainer(table).MeansOf(set);
        table = table with { Constant = table.Constant + VectorMath.Log(Reduce.Sum(exact) / Reduce.Sum(given)) };
        return (table, new RatingTrainer(table).MeansOf(set));
    }

    /// <summary>The spec with the derived features and rules of all models.</summary>
    static ModelSpec Joined(ModelSpec spec, IReadOnlyList<FittedModel> models)
    {
        var problems = new List<string>();
        var (derived, rules) = (new List<DerivedFeature>(), new List<FeatureRule>());
        foreach (var model in models)
        {
            if (model.Spec.Offset is { } offset)
                problems.Add($"'{model.Name}' adds the offset '{offset}', which a table can't hold");
            foreach (var own in model.Spec.Derived)
                Add(derived, own, other => other.Name == own.Name, $"derive '{own.Name}' in two ways");
            foreach (var own in model.Spec.Rules)
                Add(rules, own, other => other.Name == own.Name, $"have two rules for '{own.Name}'");
        }
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY3475",
                $"the models do not make one table: {string.Join("; ", problems.Distinct())}. Fit them with one meaning of every feature."
            );
        return spec with { Derived = derived, Rules = rules, Weight = null, OffsetModel = null, Offset = null, Link = Link.Log };

        void Add<T>(List<T> known, T own, Func<T, bool> isSame, string problem)
            where T : class
        {
            var before = known.FirstOrDefault(isSame);
            if (before is null)
                known.Add(own);
            else if (!before.Equals(own))
                problems.Add($"models {problem}");
        }
    }
}
