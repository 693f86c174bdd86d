namespace Halley.Glm;

/// <summary>A <see cref="NumberPlan"/> with its tables, settled on all rows.</summary>
/// <param name="Sources">Without codes.</param>
/// <param name="Transform">T of <see cref="ColumnBasis"/> over block 0.</param>
/// <param name="Starts">First column of each term of numbers in block 0, shape (terms).</param>
sealed record SettledNumbers(NumberPlan Plan, NumberSource[] Sources, double[,] Transform, int[] Starts)
{
    /// <summary>Codes that are known already, for the rows that the tables were settled on; null elsewhere.</summary>
    internal ushort[][]? Codes { get; init; }

    /// <summary>From rows in memory.</summary>
    internal static SettledNumbers Of(
        NumberPlan plan,
        LearnInputs inputs,
        double[] weight,
        int threads,
        DesignExclusions exclusions,
        int termCount
    )
    {
        var codes = plan.CodesOn(inputs, threads);
        var weights = plan.NoWeights();
        NumberPlan.AddWeights(codes, weight, threads, weights);
        return Of(plan, weights, exclusions, termCount) with { Codes = codes };
    }

    /// <param name="weights">Of the rows of each cell. Shape (sources)(cells).</param>
    internal static SettledNumbers Of(NumberPlan plan, double[][] weights, DesignExclusions exclusions, int termCount)
    {
        var starts = new int[termCount];
        var (sources, transform) = plan.Tabulate(weights, starts, exclusions.DenseColumns);
        return new(plan, sources, transform, starts);
    }

    /// <summary>The sources on some of the rows.</summary>
    internal NumberSource[] On(LearnInputs rows, int threads) =>
        [.. Sources.Zip(Codes ?? Plan.CodesOn(rows, threads), (source, codes) => source with { Codes = codes })];
}
