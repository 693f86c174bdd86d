using Halley.Glm;

namespace Halley.Models;

/// <summary>What a search for candidates works on.</summary>
/// <param name="Set">Rows that guide and candidates learn from.</param>
/// <param name="Features">Columns to look at.</param>
sealed record SearchParts(GlmOptions Options, TrainingSet Set, IReadOnlyList<string> Features, CandidateJudge Judge)
{
    readonly TrainingVectors vectors = TrainingVectors.Of(Set, Set.Learn);

    /// <summary>Weighted years at risk of each row, shape (n).</summary>
    public double[] Size { get; } = SizeOf(Set);

    public BoostedGuide Guide(CandidateOptions options) => new(Set, Features, Judge.Model, options);

    /// <summary>Means of the rows under a fit, exposure and offset applied, shape (n).</summary>
    public double[] Means(GlmFit fit)
    {
        var eta = HeldOutRows.Score(fit.ScorerWithControls, Set.Learn);
        Kernels.Reduce.AddScaled(1, vectors.Offset, eta);
        fit.Link.Inverse(eta, eta);
        return eta;
    }

    static double[] SizeOf(TrainingSet set)
    {
        var size = TrainingVectors.Of(set, set.Learn).Weight;
        if (set.Exposure is null || set.ExposureUse == ExposureUse.Rate)
            return size;
        var years = set.Learn.Exposure(set.Exposure).Years;
        for (var row = 0; row < size.Length; row++)
            size[row] *= years[row];
        return size;
    }
}
