using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>The learn rows with a positive weight, checked against family and link.</summary>
/// <param name="Originals">Where rows were left out: each row's place in the caller's table; else null.</param>
/// <param name="PlaceOf">Row of the data that a row of the caller's table is, for messages; null where that is the data.</param>
sealed record LearnRows(Table Table, GlmProblem Problem, int[]? Originals, Func<int, int>? PlaceOf = null)
{
    /// <summary>Years at risk of each row times its case weight; the weight alone where there is no exposure. Shape (n).</summary>
    internal double[] Size => Problem.Size;

    /// <summary>Row of the data that a row is, for messages.</summary>
    internal int RowOfData(int row)
    {
        var original = Originals?[row] ?? row;
        return PlaceOf?.Invoke(original) ?? original;
    }

    /// <exception cref="HalleyException">HLY2001, HLY2002, HLY2102, HLY2103, HLY2112, HLY2113.</exception>
    internal static LearnRows Of(TrainingSet set, GlmOptions options)
    {
        RefuseOffset(set, options);
        var vectors = TrainingVectors.Of(set, set.Learn);
        if (!vectors.Weight.AsSpan().ContainsAnyInRange(double.Epsilon, double.MaxValue))
            GlmErrors.ThrowNoWeight(set.Learn.RowCount == 0 ? null : set.Weight);
        int[]? kept = null;
        if (vectors.Weight.Contains(0))
            kept = [.. Enumerable.Range(0, vectors.Weight.Length).Where(row => vectors.Weight[row] > 0)];
        var table = kept is null ? set.Learn : set.Learn.Take(kept);
        double[] Kept(double[] values) => kept is null ? values : [.. kept.Select(row => values[row])];
        var problem = new GlmProblem
        {
            Family = options.Family,
            Link = options.EffectiveLink,
            Target = Kept(vectors.Target),
            Weight = Kept(vectors.Weight),
            Offset = Kept(vectors.Offset),
            Threads = options.Threads,
        };
        RefuseTarget(set, problem, kept);
        return new(table, problem with { Size = SizeOf(set, table, problem) }, kept, set.PlaceOf);
    }

    /// <summary>A rate's weight holds the years already.</summary>
    static double[] SizeOf(TrainingSet set, Table table, GlmProblem problem)
    {
        if (set.Exposure is null || set.ExposureUse == ExposureUse.Rate)
            return problem.Weight;
        var size = new double[problem.RowCount];
        Kernels.Reduce.Multiply(problem.Weight, table.Exposure(set.Exposure).Years, size);
        return size;
    }

    internal static void RefuseOffset(TrainingSet set, GlmOptions options)
    {
        var link = options.EffectiveLink.Function;
        if (set.Exposure is null || set.ExposureUse != ExposureUse.Offset)
            return;
        if (link is not (LinkFunction.Log or LinkFunction.ComplementaryLogLog))
            GlmErrors.ThrowExposureLink(set.Exposure, options.EffectiveLink.Name);
    }

    static void RefuseTarget(TrainingSet set, GlmProblem problem, int[]? kept)
    {
        var row = problem.Family.IndexOutsideDomain(problem.Target);
        if (row >= 0)
        {
            var original = kept is null ? row : kept[row];
            GlmErrors.ThrowTarget(
                set.Target,
                set.PlaceOf?.Invoke(original) ?? original,
                set.Learn.Numeric(set.Target).Values[original],
                problem.Family
            );
        }
        if (!problem.Family.MeanInDomain(problem.MeanTarget))
            GlmErrors.ThrowMean(set.Target, problem.MeanTarget, problem.Family.Name);
    }
}
