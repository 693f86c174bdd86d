using Halley.Glm;

namespace Halley.Models;

/// <summary>A fit of rows outside memory, batch by batch: what <see cref="ModelFitter"/> does with a table.</summary>
/// <param name="folder">Folder of temporary files.</param>
sealed class StreamedFit(ModelSpec spec, TableSpool rows, FitOptions options, string folder)
{
    double targetFactor = 1;

    /// <exception cref="HalleyException">HLY3480: the spec's learner needs all rows at once.</exception>
    internal static void RefuseLearner(ModelSpec spec)
    {
        if (spec.Learner is not GlmLearner)
            throw new HalleyException(
                "HLY3480",
                $"model '{spec.Name}': learner {spec.Learner.Name} needs all rows in memory, so it can't be fitted from a stream. "
                    + "Fit it without --stream, on a sample of the rows if need be, or use learner glm."
            );
    }

    internal FittedModel Fit(Schema? declared, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        // 1. Every value is looked at before any work: parts, rules, roles, what the target's cap takes off.
        var parts = Look(progress.Part(0, 0.1), cancellation);
        // 2. The learner.
        var outcome = Learn(progress.Part(0.1, 0.75), cancellation);
        // 3. What the model says of itself.
        var inputs = InputSchema.Of(spec, First().Table, declared, withExposure: true);
        var profiles = Profiles(inputs, progress.Part(0.75, 0.8), cancellation);
        var facts = new DataFacts(TableFingerprint.Of(rows, UsedColumns, cancellation), targetFactor, profiles);
        var header = ModelFitter.HeaderOf(spec, inputs, outcome, facts, options);
        // 4. Figures on each part, and rows by which every later load checks itself.
        var scored = new FittedModel(header, outcome.Scorer, checkRows: null);
        var metrics = Measure(scored, parts, progress.Part(0.8, 1), cancellation);
        metrics[0] = metrics[0] with { Values = [.. metrics[0].Values, .. FitMetrics.Of(outcome)] };
        return new(header with { Metrics = metrics }, outcome.Scorer, CheckRowMaker.Make(scored));
    }

    IReadOnlyList<string> UsedColumns => PreparedData.UsedColumns(spec, rows.Names);

    /// <summary>The batches as they came, each with the number of rows before it.</summary>
    IEnumerable<(Table Rows, int FirstRow)> Batches(
        string stage,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var first = 0;
        foreach (var batch in rows.Read(UsedColumns, progress: null, cancellation))
        {
            yield return (batch, first);
            first += batch.RowCount;
            progress?.Report(new(stage, (double)first / rows.RowCount));
        }
    }

    /// <summary>The batches prepared, target and all, beside the rows as they came.</summary>
    IEnumerable<(PreparedData Data, Table Source)> Prepared(
        string stage,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        foreach (var (batch, first) in Batches(stage, progress, cancellation))
            yield return (Begin(batch, first).Capped(targetFactor), batch);
    }

    /// <summary>A batch whose values were looked at before.</summary>
    PreparedData Begin(Table batch, int firstRow) =>
        PreparedData.Begin(spec, batch, firstRow, more: null, new(spec.Name), new(spec.Name))!;

    /// <summary>The prepared columns without rows.</summary>
    PreparedData First() => Begin(rows.Empty.Select(UsedColumns), 0);

    /// <summary>Which parts have rows, after a look at every value.</summary>
    List<DataPart> Look(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var (problems, refused) = (new RowProblems(spec.Name), new RowProblems(spec.Name));
        var (totals, kept, counts) = ((0.0, 0.0), 0, new int[Enum.GetValues<DataPart>().Length]);
        foreach (var (batch, first) in Batches("looking at every value", progress, cancellation))
        {
            if (PreparedData.Begin(spec, batch, first, more: null, problems, refused) is not { } data)
                continue;
            kept += data.Table.RowCount;
            for (var part = 0; part < counts.Length; part++)
                counts[part] += data.CountOf((DataPart)part);
            totals = data.AddTotals(totals);
        }
        problems.ThrowIfAny();
        refused.ThrowIfAny();
        if (counts[(int)DataPart.Learn] == 0)
            throw PreparedData.NothingToLearn(spec, rows.RowCount, kept);
        targetFactor = spec.Cap is { } cap ? TargetCapping.FactorOf(cap, totals) : 1;
        return [.. Enum.GetValues<DataPart>().Where(part => counts[(int)part] > 0)];
    }

    FitOutcome Learn(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var roles = First().TrainingSet(First().Table, validation: null) with { PlaceOf = row => PlaceOf(row, cancellation) };
        if (options.OffsetModel is not null && spec.OffsetModel is not null)
            roles = roles with { Offset = OffsetModels.ScoreColumn };
        var trainer = (GlmTrainer)spec.Learner.CreateTrainer(spec, options.Threads);
        var fit = trainer.FitStreamed(
            roles,
            LearnRows(progress.Part(0, 0.2), cancellation),
            new() { Folder = folder },
            progress.Part(0.2, 1),
            cancellation
        );
        return roles.Offset == OffsetModels.ScoreColumn ? OffsetModels.Joined(fit, options.OffsetModel!) : fit;
    }

    /// <summary>Row of the data that a learn row is: looked for when a message needs it.</summary>
    int PlaceOf(int row, CancellationToken cancellation)
    {
        var before = 0;
        foreach (var (data, _) in Prepared("looking for the row", progress: null, cancellation))
        {
            var learn = data.SourceRowsOf(DataPart.Learn);
            if (row - before < learn.Length)
                return learn[row - before];
            before += learn.Length;
        }
        return row;
    }

    IEnumerable<Table> LearnRows(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        foreach (var (data, source) in Prepared("preparing", progress, cancellation))
        {
            var learn = data.Part(DataPart.Learn);
            yield return spec.OffsetModel is not null && options.OffsetModel is { } model
                ? OffsetModels.Scored(model, learn, data.SourceOf(DataPart.Learn, source), cancellation)
                : learn;
        }
    }

    List<FeatureProfile> Profiles(Schema inputs, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var empty = First().Table;
        var profilers = ModelFitter.Profiled(inputs).Select(name => new FeatureProfiler(empty[name], folder)).ToList();
        try
        {
            foreach (var (data, _) in Prepared("profiling inputs", progress, cancellation))
            {
                var learn = data.Part(DataPart.Learn);
                var weights = ModelFitter.ProfileWeights(spec, learn);
                foreach (var profiler in profilers)
                    profiler.Add(learn[profiler.Name], weights);
            }
            return profilers.ConvertAll(profiler => profiler.Profile());
        }
        finally
        {
            profilers.ForEach(profiler => profiler.Dispose());
        }
    }

    List<PartMetrics> Measure(
        FittedModel model,
        List<DataPart> parts,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var measures = parts.ConvertAll(_ => new PartMeasure(model.Family, spec.ExposureUse, folder));
        try
        {
            foreach (var (data, source) in Prepared("scoring", progress.Part(0, 0.6), cancellation))
            {
                foreach (var (i, part) in parts.Index())
                    measures[i].Add(Scored(model, data, part, source, cancellation));
            }
            measures.ForEach(measure => measure.Complete());
            foreach (var (data, _) in Prepared("measuring", progress.Part(0.6, 0.9), cancellation))
            {
                foreach (var (i, part) in parts.Index())
                    AddPlain(measures[i], data, part);
            }
            measures.ForEach(measure => measure.CompletePlain());
            return [.. parts.Select((part, i) => measures[i].ToMetrics(part))];
        }
        finally
        {
            measures.ForEach(measure => measure.Dispose());
        }
    }

    ScoredRows Scored(FittedModel model, PreparedData data, DataPart part, Table source, CancellationToken cancellation) =>
        ScoredRows.Of(
            model,
            new(data, data.Part(part), data.SourceOf(part, source), data.SourceRowsOf(part)),
            options.Threads,
            cancellation
        );

    void AddPlain(PartMeasure measure, PreparedData data, DataPart part)
    {
        var table = data.Part(part);
        var vectors = TrainingVectors.Of(data.TrainingSet(table, validation: null), table);
        measure.AddPlain(
            vectors.Target,
            vectors.Weight,
            spec.Exposure is null ? null : table.Exposure(spec.Exposure).Years.ToArray()
        );
    }
}
