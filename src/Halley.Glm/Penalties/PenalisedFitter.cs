using Halley.Data;

namespace Halley.Glm;

/// <summary>A penalised fit: a path of strengths, the choice of one by held-out rows, and the model at it.</summary>
static class PenalisedFitter
{
    internal static GlmFit Fit(
        TrainingSet set,
        LearnRows rows,
        LearnInputs inputs,
        IReadOnlyList<DesignTerm> terms,
        GlmOptions options,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var penalty = options.Penalty!;
        // 1. The design, and what the penalty makes of each of its columns.
        progress?.Report(new("reading the design", 0));
        var design = PenalisedDesigner.Build(rows.Problem, inputs, terms, penalty.AllLevels, cancellation);
        RefuseWide(rows.Problem, design);
        var nullPoint = GlmSolver.FitNull(rows.Problem, options, cancellation);
        var start = new double[design.Order.Length];
        start[0] = nullPoint.Beta[0];

        // 2. The path, from the greatest strength down, each model from the one before.
        var search = StrengthSearch.Of(
            rows.Problem,
            design,
            LayoutFor(design, penalty, rows.Problem, cancellation),
            options,
            start,
            cancellation
        );
        var strengths = Strengths(search, penalty, design);
        var path = new PenaltyPath(search, strengths).Run(progress);

        // 3. Which strength, by rows that were held out.
        var chosen = strengths.Length - 1;
        if (penalty.Strength is null)
        {
            var folds = FoldAssigner.Assign(set, rows, penalty.Folds);
            path = new CrossValidation(rows, design, options, strengths).AddTo(path, folds, start, progress, cancellation);
            chosen = StrengthChooser.Choose(path.Points, penalty.Choice);
        }

        // 4. The model at it, in the declared columns.
        return new PenalisedSummary(rows, inputs, design, options, path, chosen, nullPoint.Deviance).Summarise(cancellation);
    }

    /// <summary>Where rows are outside memory, products of all columns stand for them: those of too many columns would not fit either.</summary>
    static void RefuseWide(GlmProblem problem, GlmDesign design)
    {
        var limit = GlmDesigner.CoefficientLimit;
        if (problem.Chunks is not null && design.Order.Length > limit)
            GlmErrors.ThrowNotStreamed(
                $"a penalised model of {InvariantText.Of(design.Order.Length)} coefficients, more than {InvariantText.Of(limit)},",
                "Group levels, or leave terms out"
            );
    }

    /// <summary>The path alone, nothing held out and no model summed up.</summary>
    internal static IReadOnlyList<PenaltyPathPoint> Path(TrainingSet set, GlmOptions options)
    {
        var rows = LearnRows.Of(set, options);
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, options.Terms);
        var design = new PenalisedDesigner(rows.Problem, inputs, [.. options.Terms.Select(encoder.Encode)]).Build(
            options.Penalty!.AllLevels
        );
        var start = new double[design.Order.Length];
        start[0] = GlmSolver.FitNull(rows.Problem, options, default).Beta[0];
        var layout = LayoutFor(design, options.Penalty, rows.Problem, default);
        var search = StrengthSearch.Of(rows.Problem, design, layout, options, start, default);
        return new PenaltyPath(search, Strengths(search, options.Penalty, design)).Run(null).Points;
    }

    /// <summary>The penalty with standard deviations under the problem's weights.</summary>
    internal static PenaltyLayout LayoutFor(
        GlmDesign design,
        GlmPenalty penalty,
        GlmProblem problem,
        CancellationToken cancellation
    )
    {
        // The spread of a column in the design's units times the scale that it was divided by is its declared spread.
        var scales = DeclaredScales(design);
        var spreads = PenalisedDesigner.Spreads(design, penalty.Scale, problem, cancellation);
        for (var i = 0; i < spreads.Length; i++)
            spreads[i] *= scales[i];
        return PenaltyLayout.Of(design, penalty, scales, spreads);
    }

    /// <summary>By what each column of the order was divided, shape (p).</summary>
    static double[] DeclaredScales(GlmDesign design)
    {
        var scales = new double[design.Order.Length];
        Array.Fill(scales, 1);
        foreach (var scaling in design.Scalings)
        {
            for (var i = 0; i < scales.Length; i++)
            {
                var within = design.Order[i] - scaling.Block.Start;
                if (within >= 0 && within < scaling.Block.FullColumnCount)
                    scales[i] = scaling.Scales[within % scaling.Block.Width];
            }
        }
        return scales;
    }

    static double[] Strengths(StrengthSearch search, GlmPenalty penalty, GlmDesign design)
    {
        if (penalty.Strength is { } given)
            return [given];
        search.GoToNull();
        var greatest = search.GreatestStrength;
        if (!(greatest > 0))
            return [0];
        var ratio = penalty.PathRatio ?? (design.Order.Length > design.RowCount ? 1e-2 : 1e-4);
        var step = Math.Log(ratio) / (penalty.PathLength - 1);
        return [.. Enumerable.Range(0, penalty.PathLength).Select(i => greatest * Math.Exp(i * step))];
    }
}
