using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

public sealed partial class BoostingTrainer
{
    /// <summary>Fits of mean and dispersion at most.</summary>
    const int MostPowers = 4;

    /// <summary>Rounds that show how amounts spread about their means.</summary>
    const int BriefRounds = 50;

    /// <summary>Powers that are this near make the same distributions.</summary>
    const double SamePower = 0.01;

    /// <summary>Whether the variance power is to be found beside a dispersion that has trees of its own.</summary>
    internal bool SearchesPower =>
        IsJoint && Options is { FitsSpread: true, Objective: BoostingObjective.Tweedie, EstimateTweediePower: true };

    /// <summary>Trees of mean and dispersion at one power for all rounds and seeds, and the power at their scores, in turns until it stays.</summary>
    /// <remarks>
    /// Each turn raises the likelihood of the learn rows, but for what early stopping leaves out. Profile likelihood: Dunn and Smyth
    /// (2005), Statistics and Computing 15, 267–280.
    /// </remarks>
    BoostingFit FitBySearchedPower(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var power = PowerInBrief(set, progress.Part(0, 0.2), cancellation);
        for (var turn = 1; ; turn++)
        {
            var part = progress.Part(0.2 + 0.8 * (turn - 1) / MostPowers, 0.2 + 0.8 * turn / MostPowers);
            var fit = Like(Options with { TweediePower = power }).FitAtPower(set, part, cancellation);
            if (Math.Abs(fit.Shape!.Value - power) < SamePower || turn == MostPowers)
                return fit with { Shape = power, FittedFamily = Family.Tweedie(power) };
            power = fit.Shape.Value;
        }
    }

    /// <summary>The power at the scores of a short fit: near the one of a whole fit.</summary>
    internal double PowerInBrief(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var brief = Options with { Rounds = Math.Min(Options.Rounds, BriefRounds), AveragedSeeds = 1, AutomaticRounds = false };
        return Like(brief).FitAtPower(set, progress, cancellation).Shape!.Value;
    }
}
