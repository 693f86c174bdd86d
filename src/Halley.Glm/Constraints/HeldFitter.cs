using Halley.Data;

namespace Halley.Glm;

/// <summary>Maximum likelihood within the rules of held terms.</summary>
/// <remarks>
/// The optimum within the rules is also that of the model in which the levels that the rules join are one level, and those at a limit are
/// given (the multipliers of the other rules are 0). So the rules are first found to bind or not, and then that model is fitted like any
/// other: its standard errors, tests and criteria are those of a model in which the joined levels had been declared as one. That the data
/// chose them is not counted.
/// </remarks>
/// <param name="terms">Shape (declared terms).</param>
/// <param name="fit">Fits by maximum likelihood.</param>
sealed class HeldFitter(
    TrainingSet set,
    LearnRows rows,
    LearnInputs inputs,
    IReadOnlyList<DesignTerm> terms,
    GlmOptions options,
    Func<DesignTerm[], GlmFit> fit
)
{
    internal GlmFit Fit(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        // 1. The optimum within the rules.
        var within = PenalisedFitter.Fit(
            set,
            rows,
            inputs,
            terms,
            options with
            {
                Penalty = HeldTerms.PenaltyOf(options),
                Errors = ErrorKind.Model,
                Cluster = null,
                ProfileIntervals = false,
                LikelihoodRatioTests = false,
            },
            progress,
            cancellation
        );
        // 2. Which rules bind there.
        var poolings = HeldTerms
            .Of(options.Terms)
            .Select(term => new LevelPooling(
                term,
                terms.First(own => own.Name == term.Name),
                HeldTerms.CoefficientOf(term.Lowest, options.EffectiveLink),
                HeldTerms.CoefficientOf(term.Highest, options.EffectiveLink),
                CoefficientsOf(within, term.Name)
            ))
            .ToDictionary(pooling => pooling.Name, StringComparer.Ordinal);
        // 3. The model that has these for given; a rule that only rounding kept apart joins once more.
        GlmFit fitted;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            fitted = fit([.. terms.Select(term => poolings.TryGetValue(term.Name, out var own) ? own.Pooled() : term)]);
        } while (Tightened(poolings.Values, fitted));
        return Told(fitted, poolings);
    }

    /// <summary>Whether any rule had to join more; all are asked.</summary>
    static bool Tightened(IEnumerable<LevelPooling> poolings, GlmFit fitted) =>
        poolings.Aggregate(
            false,
            (changed, pooling) => pooling.Tighten(ByLevel(pooling, CoefficientsOf(fitted, pooling.Name))) || changed
        );

    /// <summary>The fit with every level of the held terms in its table and its scorer.</summary>
    GlmFit Told(GlmFit fitted, Dictionary<string, LevelPooling> poolings)
    {
        var pooledScorer = fitted.ScorerWithControls;
        var scorer = new GlmScorer(
            pooledScorer.Inputs,
            pooledScorer.Constant,
            pooledScorer.Terms.Select(
                (term, t) =>
                    poolings.TryGetValue(term.Encoded.Name, out var pooling)
                        ? new(terms[t].Encoded, ByLevel(pooling, term.Coefficients))
                        : term
            )
        );
        string[] notes = [.. fitted.Notes, .. poolings.Values.Select(pooling => pooling.Note()).OfType<string>()];
        return fitted with
        {
            Scorer = ControlVariables.Fold(scorer, options.Controls),
            ScorerWithControls = scorer,
            Relativities =
            [
                .. fitted.Relativities.Select(factor =>
                    poolings.TryGetValue(factor.Term, out var pooling)
                        ? factor with
                        {
                            Levels = Levels(pooling, factor.Levels, fitted.Inference),
                        }
                        : factor
                ),
            ],
            Notes = notes,
            Advice = notes.Length == 0 ? null : string.Join(Environment.NewLine, notes),
        };
    }

    /// <summary>Each level with its group's relativity and its own rows.</summary>
    LevelRelativity[] Levels(LevelPooling pooling, IReadOnlyList<LevelRelativity> groups, GlmInference inference)
    {
        var cells = inference.Cells(part => CodesOn(part, pooling.Levels), pooling.Levels.LevelCount);
        return
        [
            .. cells.Select(
                (cell, level) =>
                    groups[pooling.GroupOf(level)] with
                    {
                        Level = pooling.Levels.Levels[level],
                        IsBase = level == pooling.BaseLevel,
                        Exposure = cell.Size,
                        RowCount = cell.RowCount,
                        Observed = cell.Observed,
                        Fitted = cell.Fitted,
                    }
            ),
        ];
    }

    /// <summary>Level of each of some rows.</summary>
    int[] CodesOn(GlmProblem part, LevelCoder coder)
    {
        var codes = new int[part.RowCount];
        coder.Code(inputs.SlotsOf(coder.Input, part, rows.Problem.Chunks), codes);
        return codes;
    }

    static double[] ByLevel(LevelPooling pooling, IReadOnlyList<double> groups) =>
        [.. Enumerable.Range(0, pooling.Levels.LevelCount).Select(level => groups[pooling.GroupOf(level)])];

    static double[] CoefficientsOf(GlmFit fit, string term) =>
        [.. fit.Relativities.First(factor => factor.Term == term).Levels.Select(level => level.Coefficient)];
}
