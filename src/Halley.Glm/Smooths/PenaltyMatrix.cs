namespace Halley.Glm;

/// <summary>Penalties of a design as one matrix over chosen columns.</summary>
static class PenaltyMatrix
{
    /// <summary>Σ λ·S over the chosen full columns, row by row, shape (chosen × chosen).</summary>
    internal static double[] Over(GlmDesign design, int[] chosen, IReadOnlyList<double> lambdas)
    {
        var matrix = new double[chosen.Length * chosen.Length];
        for (var k = 0; k < lambdas.Count; k++)
            Add(design.Penalties[k], lambdas[k], chosen, matrix);
        return matrix;
    }

    /// <summary>matrix += λ·S over the chosen full columns.</summary>
    internal static void Add(TermPenalty penalty, double lambda, int[] chosen, double[] matrix)
    {
        var p = chosen.Length;
        int[] places = [.. Enumerable.Range(0, p).Where(i => IsIn(penalty, chosen[i]))];
        foreach (var i in places)
        {
            foreach (var j in places)
                matrix[i * p + j] +=
                    lambda * penalty.Matrix[(chosen[i] - penalty.Start) * penalty.Size + chosen[j] - penalty.Start];
        }
    }

    /// <summary>Adds each penalty, on the scale of its columns' products, so that what it makes estimable does not count as aliased.</summary>
    /// <param name="products">Shape (order × order).</param>
    internal static void AddToScale(GlmDesign design, double[] products)
    {
        var p = design.Order.Length;
        foreach (var penalty in design.Penalties)
        {
            var (own, size) = (0.0, 0.0);
            for (var i = 0; i < p; i++)
            {
                if (!IsIn(penalty, design.Order[i]))
                    continue;
                own += products[i * p + i];
                size += penalty.Matrix[(design.Order[i] - penalty.Start) * (penalty.Size + 1)];
            }
            Add(penalty, size > 0 ? 1e-3 * own / size : 0, design.Order, products);
        }
    }

    static bool IsIn(TermPenalty penalty, int full) => full >= penalty.Start && full < penalty.Start + penalty.Size;
}
