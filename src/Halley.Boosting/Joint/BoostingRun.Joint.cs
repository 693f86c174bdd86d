namespace Halley.Boosting;

sealed partial class BoostingRun
{
    /// <summary>Scores of the learn rows so far; of a forest its mean so far.</summary>
    internal double[] LearnScores() => forest is null || Rounds == 0 ? learn.Eta : forest.LearnMean(Rounds);

    /// <summary>The same of the validation rows; null where there are none.</summary>
    internal double[]? ValidationScores() => forest is null || Rounds == 0 ? validation?.Eta : forest.ValidationMean(Rounds);

    /// <summary>Grows a tree at the scores so far of all outputs.</summary>
    /// <returns>False where no cut is allowed.</returns>
    internal bool DeriveAndGrow()
    {
        unitsFrom = learn.Largest;
        // Every tree of a forest starts from the same scores.
        if (forest is null || Rounds == 0)
            learn.Derive(gradients, RoundingSeed);
        return Grow();
    }

    /// <summary>Takes a tree that adds nothing for a round's, so that outputs keep step.</summary>
    internal void Rest()
    {
        Trees.Add(new([new() { Sums = default }]));
        drops?.Add(1);
    }

    /// <summary>The round so far is the best of all outputs together.</summary>
    internal void MarkBest()
    {
        BestRound = Rounds;
        drops?.Remember();
    }
}
