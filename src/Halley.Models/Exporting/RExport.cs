using Halley.Glm;

namespace Halley.Models;

/// <summary>A fitted GLM as a script for R, with the rows that it needs.</summary>
public static class RExport
{
    /// <summary>Fits the model's spec again on its data, makes sure that the same model comes of it, and writes it in R's words.</summary>
    /// <param name="table">What the model was fitted on.</param>
    /// <param name="threads">0 for all processors.</param>
    /// <exception cref="HalleyException">
    /// HLY3460: the model is no GLM; HLY3461: these are other data; HLY3462: this version of the code fits another model; HLY2151: R can't refit it.
    /// </exception>
    public static RRefit Of(
        FittedModel model,
        Table table,
        int threads = 0,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var (spec, glm) = (model.Spec, GlmOf(model));
        var refit = GlmRefit.Of(model, spec, table, offsetModel: null, threads, progress, cancellation);
        return RRefit.Of(((GlmLearner)glm.ToldBy(spec)).Options, refit.Set, refit.Fit);
    }

    static GlmLearner GlmOf(FittedModel model) =>
        model.Spec.OffsetModel is { } offset
            ? throw new HalleyException(
                "HLY3460",
                $"R can't refit model '{model.Name}': it stands on model '{offset.Model}'. Offset by a column of the data in its place."
            )
            : model.Spec.Learner as GlmLearner
                ?? throw new HalleyException(
                    "HLY3460",
                    $"R can't refit model '{model.Name}': its learner is '{model.Spec.Learner.Name}', and only a glm can be written for R."
                );
}
