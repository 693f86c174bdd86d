using Halley.Data;

namespace Halley.Glm;

/// <summary>How far a rating table is from given totals, factor by factor.</summary>
/// <param name="Factor">Name of the factor.</param>
/// <param name="Marginal">Largest relative difference between table and totals of a level.</param>
/// <param name="Loss">Share of the total that is at the wrong cell of this factor and <paramref name="Partner"/>: ½ Σ |table − exact| / Σ exact.</param>
/// <param name="Partner">The factor with which the table tells the totals least; null where there is no other.</param>
/// <param name="WorstCell">The cell of the two whose difference is largest in money, its levels joined by a colon.</param>
/// <param name="WorstDifference">Table over exact in that cell, less one.</param>
public sealed record RatingLoss(
    string Factor,
    double Marginal,
    double Loss,
    string? Partner,
    string? WorstCell,
    double WorstDifference
);

/// <summary>Compares a rating table with what it should add up to.</summary>
public static class RatingTotals
{
    /// <param name="rows">Rows whose levels the table knows.</param>
    /// <param name="exact">What each row should give. Shape (n), at least 0.</param>
    /// <param name="given">What the table gives. Shape (n).</param>
    /// <returns>A line for each factor, in the table's order.</returns>
    public static IReadOnlyList<RatingLoss> Losses(RatingTable table, Table rows, double[] exact, double[] given)
    {
        var slots = RatingSlots.Of(table, rows);
        var cells = table.Factors.Select(slots.CellsOf).ToList();
        var total = exact.Sum();
        var losses = new List<RatingLoss>();
        for (var own = 0; own < cells.Count; own++)
        {
            var alone = new Margins(cells[own], table.Factors[own].Coefficients.Count, null, 1, exact, given);
            var worst = new RatingLoss(table.Factors[own].Name, alone.Largest, alone.Shifted / total, null, null, 0);
            for (var other = 0; other < cells.Count; other++)
            {
                if (other == own)
                    continue;
                var width = table.Factors[other].Coefficients.Count;
                var pair = new Margins(cells[own], table.Factors[own].Coefficients.Count, cells[other], width, exact, given);
                if (pair.Shifted / total <= worst.Loss)
                    continue;
                worst = worst with
                {
                    Loss = pair.Shifted / total,
                    Partner = table.Factors[other].Name,
                    WorstCell =
                        $"{table.Factors[own].CellNames[pair.Worst / width]}:{table.Factors[other].CellNames[pair.Worst % width]}",
                    WorstDifference = pair.Difference(pair.Worst),
                };
            }
            losses.Add(worst);
        }
        return losses;
    }

    /// <summary>Totals by cell of one factor, or of two.</summary>
    readonly struct Margins
    {
        readonly Dictionary<int, (double Exact, double Given)> sums = [];

        public Margins(int[] first, int count, int[]? second, int width, double[] exact, double[] given)
        {
            _ = checked(count * width);
            for (var row = 0; row < first.Length; row++)
            {
                var cell = second is null ? first[row] : first[row] * width + second[row];
                var sum = sums.GetValueOrDefault(cell);
                sums[cell] = (sum.Exact + exact[row], sum.Given + given[row]);
            }
            Worst = sums.OrderBy(sum => sum.Key).MaxBy(sum => Math.Abs(sum.Value.Given - sum.Value.Exact)).Key;
        }

        /// <summary>The cell with the largest difference in money.</summary>
        public int Worst { get; }

        /// <summary>What would have to move from cells to others.</summary>
        public double Shifted => sums.OrderBy(sum => sum.Key).Sum(sum => Math.Abs(sum.Value.Given - sum.Value.Exact)) / 2;

        public double Largest => sums.Keys.Max(Relative);

        public double Difference(int cell) => sums[cell].Exact > 0 ? sums[cell].Given / sums[cell].Exact - 1 : 0;

        double Relative(int cell) => Math.Abs(Difference(cell));
    }
}
