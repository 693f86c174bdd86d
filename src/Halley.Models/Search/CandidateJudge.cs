using Halley.Glm;

namespace Halley.Models;

/// <summary>Fits a model with a candidate on some learn rows, and holds it against the model without it on the others.</summary>
sealed class CandidateJudge
{
    readonly GlmOptions options;
    readonly TrainingSet learn;
    readonly Table heldOut;
    readonly double size;
    readonly GlmFit constant;
    readonly double[] before;
    readonly CancellationToken cancellation;

    public CandidateJudge(GlmOptions options, TrainingSet learn, Table heldOut, CancellationToken cancellation)
    {
        this.options = options with
        {
            LikelihoodRatioTests = false,
            ProfileIntervals = false,
            Errors = ErrorKind.Model,
            Cluster = null,
        };
        (this.learn, this.heldOut, this.cancellation) = (learn with { Features = [] }, heldOut, cancellation);
        var vectors = TrainingVectors.Of(learn, heldOut);
        var years =
            learn.Exposure is null || learn.ExposureUse == ExposureUse.Rate ? default : heldOut.Exposure(learn.Exposure).Years;
        for (var row = 0; row < vectors.Weight.Length; row++)
            size += vectors.Weight[row] * (years.IsEmpty ? 1 : years[row]);
        constant = Fit([]);
        Model = Fit(options.Terms);
        before = HeldOutRows.Deviances(Model, constant, learn, heldOut);
    }

    /// <summary>The model as it is, on the rows that candidates learn from.</summary>
    public GlmFit Model { get; }

    /// <summary>The model of the constant alone on them.</summary>
    public GlmFit Constant => constant;

    /// <summary>Null where the candidate adds nothing, or its fit does not converge.</summary>
    public TermCandidate? Judge(Term term, IReadOnlyList<string> replaces, double guide)
    {
        var fit = Fit([.. options.Terms.Where(own => !replaces.Contains(own.Name)), term]);
        var move = TermMoveOf(term, replaces, fit);
        if (!fit.Converged || (replaces.Count == 0 && move is null))
            return null;
        var after = HeldOutRows.Deviances(fit, constant, learn, heldOut);
        var (n, sum, square) = (before.Length, 0.0, 0.0);
        for (var row = 0; row < n; row++)
            sum += after[row] - before[row];
        for (var row = 0; row < n; row++)
            square += Math.Pow(after[row] - before[row] - sum / n, 2);
        var degrees = fit.EffectiveDegrees - Model.EffectiveDegrees;
        var change = fit.Deviance - Model.Deviance;
        return new()
        {
            Term = term,
            Replaces = replaces,
            Guide = guide,
            DevianceChange = move?.DevianceChange ?? change,
            Degrees = degrees,
            AicChange = move?.AicChange ?? change / Model.Dispersion + 2 * degrees,
            PValue = move?.PValue,
            HeldOutChange = sum / size,
            HeldOutError = Math.Sqrt(square / (n - 1.0) * n) / size,
        };
    }

    TermMove? TermMoveOf(Term term, IReadOnlyList<string> replaces, GlmFit fit) =>
        replaces.Count == 0 ? TermMove.Of(term.Name, true, Model, fit) : null;

    GlmFit Fit(IReadOnlyList<Term> terms)
    {
        var read = terms.SelectMany(CandidateSearch.ColumnsOf).ToHashSet(StringComparer.Ordinal);
        var controls = options.Controls.Where(control => read.Contains(control.Key)).ToDictionary(StringComparer.Ordinal);
        // A family's own parameter stays as the first model has it, so that deviances compare.
        var family = Model?.Family ?? options.Family;
        return new GlmTrainer(options with { Terms = terms, Controls = controls, Family = family }).Fit(
            learn,
            null,
            cancellation
        );
    }
}
