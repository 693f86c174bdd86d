namespace Halley.Boosting;

/// <summary>Scores of a random forest: the start plus the mean of its trees. The parts' own scores stay at the start.</summary>
sealed class Forest(BoostedPart learn, BoostedPart? validation)
{
    readonly double[] learnSums = new double[learn.Eta.Length];
    readonly double[] validationSums = validation is null ? [] : new double[validation.Eta.Length];

    /// <summary>Σ of the trees so far, by row of each part.</summary>
    internal (double[] Learn, double[] Validation) Sums => (learnSums, validationSums);

    internal void Add(GrownTree tree)
    {
        learn.AddTree(tree, default, 1, learnSums);
        validation?.AddTree(tree, default, 1, validationSums);
    }

    internal double LearnDeviance(int count) => learn.MeanDeviance(Mean(learn.Eta, learnSums, count));

    internal double? ValidationDeviance(int count) => validation?.MeanDeviance(Mean(validation.Eta, validationSums, count));

    /// <summary>Scores of the learn rows by the first trees.</summary>
    internal double[] LearnMean(int count) => Mean(learn.Eta, learnSums, count);

    /// <summary>The same of the validation rows; null where there are none.</summary>
    internal double[]? ValidationMean(int count) => validation is null ? null : Mean(validation.Eta, validationSums, count);

    /// <summary>Makes the first trees the forest: the learn rows get their mean, and each its share of it.</summary>
    internal void Keep(List<GrownTree> trees, int count)
    {
        if (count == 0)
            return;
        for (var round = trees.Count - 1; round >= count; round--)
            learn.AddTree(trees[round], default, -1, learnSums);
        Mean(learn.Eta, learnSums, count).CopyTo(learn.Eta.AsSpan());
        foreach (var tree in trees.Take(count))
            tree.Scale(1.0 / count);
    }

    static double[] Mean(double[] start, double[] sums, int count)
    {
        var eta = new double[start.Length];
        for (var row = 0; row < eta.Length; row++)
            eta[row] = start[row] + sums[row] / count;
        return eta;
    }
}
