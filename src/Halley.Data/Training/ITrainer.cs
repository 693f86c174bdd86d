namespace Halley.Data;

/// <summary>A learner with its options, ready to fit.</summary>
public interface ITrainer
{
    /// <summary>Fits. Same data, options and seed give the same bytes on any number of threads.</summary>
    /// <exception cref="HalleyException">The data can't be fitted; the message names column, row and remedy.</exception>
    FitOutcome Fit(TrainingSet set, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default);
}
