using Halley.Data;

namespace Halley.Glm;

/// <summary>Deviance of a fit on rows that it did not learn from.</summary>
/// <remarks>A row that the fit can't score, because it has a level that the learn rows lack, gets the constant alone: what a model does not know it does not tell apart.</remarks>
public static class HeldOutRows
{
    /// <summary>w·d(y, μ) of each row, shape (n); controls are as they are in the row.</summary>
    /// <param name="constant">The fit of the constant alone on the same learn rows.</param>
    /// <param name="set">Roles of the columns.</param>
    /// <param name="rows">Rows that were held out.</param>
    public static double[] Deviances(GlmFit fit, GlmFit constant, TrainingSet set, Table rows)
    {
        var vectors = TrainingVectors.Of(set, rows);
        var eta = Score(fit.ScorerWithControls, rows);
        var alone = constant.Coefficients[0].Estimate;
        var deviances = new double[rows.RowCount];
        for (var row = 0; row < deviances.Length; row++)
        {
            var mean = fit.Link.Inverse(eta[row] + vectors.Offset[row]);
            if (!fit.Family.MeanInDomain(mean))
                mean = fit.Link.Inverse(alone + vectors.Offset[row]);
            deviances[row] = vectors.Weight[row] * fit.Family.UnitDeviance(vectors.Target[row], mean);
        }
        return deviances;
    }

    /// <summary>Scores of a table's rows before offset and link, shape (n); NaN where a row has a level that the scorer does not know.</summary>
    public static double[] Score(IScorer scorer, Table rows)
    {
        var scores = new double[rows.RowCount];
        var block = new SlotBlock(scorer.Inputs.Count, SlotBlock.BatchCapacity);
        int[] slots = [.. Enumerable.Range(0, scorer.Inputs.Count)];
        var maps = scorer.Inputs.Select(input => (rows[input.Name] as CategoricalColumn)?.Levels.MapTo(input.Levels!)).ToArray();
        for (var start = 0; start < scores.Length; start += block.Capacity)
        {
            block.RowCount = Math.Min(block.Capacity, scores.Length - start);
            foreach (var slot in slots)
            {
                rows[scorer.Inputs[slot].Name].CopySlots(start, block[slot]);
                if (maps[slot] is { } map)
                    Recode(block[slot], map);
            }
            scorer.Score(block, slots, scores.AsSpan(start, block.RowCount));
        }
        return scores;
    }

    static void Recode(Span<double> codes, ReadOnlySpan<int> map)
    {
        foreach (ref var code in codes)
            code = double.IsNaN(code) || map[(int)code] < 0 ? double.NaN : map[(int)code];
    }
}
