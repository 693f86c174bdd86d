using System.Buffers;
using Halley.Glm;

namespace Halley.Models;

/// <summary>A fitted GLM with all that a fit knows and an artefact does not keep: its learn rows, inference, residuals.</summary>
/// <param name="Set">The learn rows, as the trainer had them.</param>
sealed record GlmRefit(GlmFit Fit, TrainingSet Set, PreparedData Data)
{
    /// <summary>Fits a model's spec again on its data and makes sure that the same model comes of it.</summary>
    /// <param name="spec">The model's, with other inference where the caller needs none.</param>
    /// <param name="offsetModel">The model that it stands on; null where it stands alone.</param>
    /// <exception cref="HalleyException">HLY3461: these are other data; HLY3462: this version of the code fits another model.</exception>
    public static GlmRefit Of(
        FittedModel model,
        ModelSpec spec,
        Table table,
        FittedModel? offsetModel,
        int threads,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var fingerprint = ModelFitter.FingerprintOf(spec, table);
        if (fingerprint != model.Lineage.DataFingerprint)
            throw new HalleyException(
                "HLY3461",
                $"model '{model.Name}' was fitted on other data: fingerprint {model.Lineage.DataFingerprint}, and these have {fingerprint}. "
                    + "Fit it again with 'halley fit', or name the data that it was fitted on.",
                FaultKind.CheckFailed
            );
        progress?.Report(new("preparing", 0));
        var data = PreparedData.Of(OffsetModels.Filled(spec, offsetModel), table);
        var set = data.LearnSet(data.Part(DataPart.Learn));
        var trainer = spec.Learner.CreateTrainer(spec, threads);
        if (offsetModel is not null)
            trainer = OffsetModels.Over(trainer, offsetModel, data, table);
        var fit = (GlmFit)trainer.Fit(set, progress, cancellation);
        if (!BytesOf(model, fit.Scorer).SequenceEqual(BytesOf(model, model.Scorer)))
            throw new HalleyException(
                "HLY3462",
                $"fitted again, model '{model.Name}' has other coefficients: its artefact is of version {model.Lineage.CodeVersion}, and this is "
                    + $"{CodeVersion.Current}. Fit it again with 'halley fit'.",
                FaultKind.CheckFailed
            );
        return new(fit, set, data);
    }

    static ReadOnlySpan<byte> BytesOf(FittedModel model, IScorer scorer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        ScorerFormats.Named(model.Header.ScorerFormat).Write(scorer, bytes);
        return bytes.WrittenSpan;
    }
}
