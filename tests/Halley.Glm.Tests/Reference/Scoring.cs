using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Scores of tables by the scorer's own input list.</summary>
static class Scoring
{
    /// <summary>Linear predictor, offset left out, shape (n); in blocks of the given capacity.</summary>
    internal static double[] Eta(IScorer scorer, Table table, int capacity = SlotBlock.BatchCapacity)
    {
        var eta = new double[table.RowCount];
        var block = new SlotBlock(scorer.Inputs.Count, capacity);
        int[] slots = [.. Enumerable.Range(0, scorer.Inputs.Count)];
        for (var start = 0; start < eta.Length; start += capacity)
        {
            block.RowCount = Math.Min(capacity, eta.Length - start);
            foreach (var slot in slots)
                Fill(table, scorer.Inputs[slot], start, block[slot]);
            scorer.Score(block, slots, eta.AsSpan(start, block.RowCount));
        }
        return eta;
    }

    /// <summary>Means at the rows' own exposure, shape (n).</summary>
    internal static double[] Mean(GlmFit fit, Table table, string? exposure)
    {
        var eta = Eta(fit.Scorer, table);
        if (exposure is not null)
        {
            var years = table.Exposure(exposure).Years;
            for (var row = 0; row < eta.Length; row++)
                eta[row] += Math.Log(years[row]);
        }
        fit.Link.Inverse(eta, eta);
        return eta;
    }

    internal static double Deviance(Family family, ReadOnlySpan<double> y, double[] mu, double[]? weight = null) =>
        family.Deviance(y, mu, weight ?? []);

    static void Fill(Table table, ScorerInput input, int start, Span<double> slots)
    {
        table[input.Name].CopySlots(start, slots);
        if (table[input.Name] is not CategoricalColumn category)
            return;
        var map = category.Levels.MapTo(input.Levels!);
        foreach (ref var slot in slots)
            slot = double.IsNaN(slot) || map[(int)slot] < 0 ? double.NaN : map[(int)slot];
    }
}
