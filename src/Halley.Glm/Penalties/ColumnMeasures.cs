using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Means and mean squares of columns of numbers where rows are outside memory: the sums of <see cref="PenalisedDesigner"/>, chunk after chunk.</summary>
/// <param name="Numbers">Of the columns of block 0 after the constant: mean, and mean square around it.</param>
/// <param name="ByLevel">Of the numbers of each term with levels, around 0; empty for other terms. Shape (terms)(columns).</param>
sealed record ColumnMeasures((double Mean, double Square)[] Numbers, (double Mean, double Square)[][] ByLevel)
{
    /// <summary>Two passes over the rows.</summary>
    internal static ColumnMeasures Of(
        GlmProblem problem,
        LearnInputs inputs,
        IReadOnlyList<DesignTerm> terms,
        CancellationToken cancellation
    )
    {
        var total = problem.WeightSum;
        var (means, squares) = (Zeros(terms), Zeros(terms));
        ForEach(
            (t, j, weight, column) =>
            {
                // A level's numbers keep their mean: its coefficient would have to take it back.
                if (terms[t].Encoded.Coders.Count == 0)
                    AddTo(ref means[t][j], weight, rows => Reduce.Dot(rows.Of(weight), rows.Of(column)));
            }
        );
        Divide(means);
        ForEach(
            (t, j, weight, column) =>
                AddTo(ref squares[t][j], weight, rows => Panel.SquaresAround(means[t][j], rows.Of(weight), rows.Of(column)))
        );
        Divide(squares);
        (double, double)[] Of(int t) => [.. means[t].Zip(squares[t])];
        var all = Enumerable.Range(0, terms.Count);
        return new(
            [.. all.Where(t => terms[t].Encoded.Coders.Count == 0).SelectMany(Of)],
            [.. all.Select(t => terms[t].Encoded.Coders.Count == 0 ? [] : Of(t))]
        );

        void ForEach(Action<int, int, double[], double[]> visit) =>
            problem.Chunks!.ForEach(
                problem,
                chunk =>
                {
                    var part = problem with { Target = chunk.Target, Weight = chunk.Weight, Chunks = null };
                    var encoded = new PenalisedDesigner(part, inputs.On(chunk.Columns), terms).Encode();
                    for (var t = 0; t < terms.Count; t++)
                    {
                        for (var j = 0; j < encoded[t].Columns.Length; j++)
                            visit(t, j, chunk.Weight, encoded[t].Columns[j]);
                    }
                },
                cancellation
            );

        // Block after block, so that the sum is that of all rows at once.
        void AddTo(ref double sum, double[] weight, Func<RowBlock, double> work)
        {
            foreach (var part in RowBlocks.Map(weight.Length, problem.Threads, work, cancellation))
                sum += part;
        }

        void Divide(double[][] sums)
        {
            foreach (var own in sums)
            {
                for (var j = 0; j < own.Length; j++)
                    own[j] /= total;
            }
        }
    }

    static double[][] Zeros(IReadOnlyList<DesignTerm> terms) =>
        [.. terms.Select(term => new double[term.Encoded.Bases.Count == 0 ? 0 : term.Encoded.Width])];
}
