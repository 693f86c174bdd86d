using Halley.Data;

namespace Halley.Glm;

/// <summary>Fits a generalised linear model to a training set. Validation rows are not looked at.</summary>
public sealed class GlmTrainer : ITrainer
{
    readonly GlmOptions options;

    /// <summary>Coefficients of a full information matrix at most; beyond, a factor is solved for first.</summary>
    internal int CoefficientLimit { get; init; } = GlmDesigner.CoefficientLimit;

    /// <exception cref="HalleyException">HLY2101: the options can't be used; all problems are listed.</exception>
    public GlmTrainer(GlmOptions options)
    {
        options.Validate();
        this.options = options;
    }

    /// <inheritdoc/>
    FitOutcome ITrainer.Fit(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation) =>
        Fit(set, progress, cancellation);

    /// <inheritdoc cref="ITrainer.Fit"/>
    public GlmFit Fit(TrainingSet set, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var rows = LearnRows.Of(set, options);
        return Fit(set, rows, new(rows), progress, cancellation);
    }

    /// <summary>
    /// Fits rows that come in batches and need not fit into memory: they are read once, kept in a temporary file of few bytes a row, and
    /// passed over chunk by chunk. The same rows in a table give the same result, to the bit; a penalised one of given strength to 1e-9.
    /// </summary>
    /// <param name="roles">Names of target, exposure, weight, offset and features; its tables are not read.</param>
    /// <param name="batches">Learn rows in order: columns of one kind in all batches; a category's levels may grow.</param>
    /// <exception cref="HalleyException">
    /// As for rows in memory, rows counted from the first batch on; HLY2125: more coefficients or values than passes can hold; HLY2126: the disk.
    /// </exception>
    public GlmFit FitStreamed(
        TrainingSet roles,
        IEnumerable<Table> batches,
        StreamOptions? stream = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        LearnRows.RefuseOffset(roles, options);
        using var streamed = new StreamedRows(roles, options, stream ?? new());
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            streamed.Add(batch);
        }
        var (rows, inputs) = streamed.Complete();
        if (progress is null)
            return Fit(roles, rows, inputs, null, cancellation);
        var passes = new PassProgress(progress, rows.Problem.RowCount);
        rows.Problem.Chunks!.Report = passes.Report;
        var fit = Fit(roles, rows, inputs, passes, cancellation);
        progress.Report(new("fitted", 1));
        return fit;
    }

    GlmFit Fit(
        TrainingSet set,
        LearnRows rows,
        LearnInputs inputs,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var declared = options.Terms.Count > 0 ? options.Terms : [.. set.Features.Select(name => Usual(rows.Table[name]))];
        ControlVariables.Register(inputs, declared, options.Controls);
        var encoder = new TermEncoder(inputs, declared) { Link = options.EffectiveLink };
        DesignTerm[] terms = [.. declared.Select(encoder.Encode)];
        if (options.Penalty is not null)
            return PenalisedFitter.Fit(set, rows, inputs, terms, options, progress, cancellation);
        if (HeldTerms.Of(declared).Any())
            return new HeldFitter(
                set,
                rows,
                inputs,
                terms,
                options,
                pooled => FitTerms(rows, inputs, pooled, progress, cancellation)
            ).Fit(progress, cancellation);
        return FitTerms(rows, inputs, terms, progress, cancellation);
    }

    GlmFit FitTerms(
        LearnRows rows,
        LearnInputs inputs,
        DesignTerm[] terms,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        progress?.Report(new("reading the design", 0));
        var prepared = GlmDesigner.Design(rows.Problem, inputs, terms, cancellation, CoefficientLimit);
        if (prepared.Elimination is not null)
            RefuseBesideManyLevels();
        if (options.BiasReduction)
            prepared = prepared.WithFiniteColumns();
        var (solution, shape) = SmoothingSearch.Fit(new(rows.Problem, prepared, options), progress, cancellation);
        rows = rows with { Problem = rows.Problem with { Family = shape?.Family ?? rows.Problem.Family } };
        var fit = new FitSummary(rows, inputs, solution, options, shape).Summarise(cancellation);
        progress?.Report(new("fitted", 1));
        return fit;
    }

    void RefuseBesideManyLevels()
    {
        if (options.BiasReduction)
            GlmErrors.ThrowManyLevels("bias reduction (Firth)", "Leave it out, or group the levels");
    }

    /// <summary>The term that a feature gets where none is declared.</summary>
    static ColumnTerm Usual(Column column) =>
        column is NumericColumn or DateColumn ? new NumericTerm(column.Name) : new FactorTerm(column.Name);
}
