using Halley.Data;

namespace Halley.Glm;

/// <summary>Fits a generalised linear model to a training set. Validation rows are not looked at.</summary>
public sealed class GlmTrainer : ITrainer
{
    readonly GlmOptions options;

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
        var inputs = new LearnInputs(rows);
        var declared = options.Terms.Count > 0 ? options.Terms : [.. set.Features.Select(name => Usual(rows.Table[name]))];
        ControlVariables.Register(inputs, declared, options.Controls);
        var encoder = new TermEncoder(inputs, declared) { Link = options.EffectiveLink };
        DesignTerm[] terms = [.. declared.Select(encoder.Encode)];
        if (options.Penalty is not null)
            return PenalisedFitter.Fit(set, rows, inputs, terms, options, progress, cancellation);
        progress?.Report(new("reading the design", 0));
        var prepared = GlmDesigner.Design(rows.Problem, inputs, terms, cancellation);
        if (options.BiasReduction)
            prepared = prepared.WithFiniteColumns();
        var (solution, shape) = SmoothingSearch.Fit(new(rows.Problem, prepared, options), progress, cancellation);
        rows = rows with { Problem = rows.Problem with { Family = shape?.Family ?? rows.Problem.Family } };
        var fit = new FitSummary(rows, inputs, solution, options, shape).Summarise(cancellation);
        progress?.Report(new("fitted", 1));
        return fit;
    }

    /// <summary>The term that a feature gets where none is declared.</summary>
    static ColumnTerm Usual(Column column) =>
        column is NumericColumn or DateColumn ? new NumericTerm(column.Name) : new FactorTerm(column.Name);
}
