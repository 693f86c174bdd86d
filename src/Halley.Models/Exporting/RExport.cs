using System.Buffers;
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
        var fingerprint = ModelFitter.FingerprintOf(spec, table);
        if (fingerprint != model.Lineage.DataFingerprint)
            throw new HalleyException(
                "HLY3461",
                $"model '{model.Name}' was fitted on other data: fingerprint {model.Lineage.DataFingerprint}, and these have {fingerprint}. "
                    + "Fit it again with 'halley fit', or name the data that it was fitted on.",
                FaultKind.CheckFailed
            );
        progress?.Report(new("preparing", 0));
        var data = PreparedData.Of(spec, table);
        var set = data.TrainingSet(data.Part(DataPart.Learn), validation: null);
        var fit = (GlmFit)glm.CreateTrainer(spec, threads).Fit(set, progress, cancellation);
        if (!BytesOf(model, fit.Scorer).SequenceEqual(BytesOf(model, model.Scorer)))
            throw new HalleyException(
                "HLY3462",
                $"fitted again, model '{model.Name}' has other coefficients: its artefact is of version {model.Lineage.CodeVersion}, and this is "
                    + $"{CodeVersion.Current}. Fit it again with 'halley fit'.",
                FaultKind.CheckFailed
            );
        return RRefit.Of(((GlmLearner)glm.ToldBy(spec)).Options, set, fit);
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

    static ReadOnlySpan<byte> BytesOf(FittedModel model, IScorer scorer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        ScorerFormats.Named(model.Header.ScorerFormat).Write(scorer, bytes);
        return bytes.WrittenSpan;
    }
}
