using Halley.Kernels;

namespace Halley.Glm;

/// <summary>What the learn rows hold of a fit, by level and in all.</summary>
sealed class RowSummary
{
    /// <summary>A probability nearer to 0 or 1 than this is as good as there.</summary>
    const double Certain = 1e-13;

    const int SumsPerCell = 4;

    readonly Dictionary<int, double[]> sums = [];

    RowSummary() { }

    /// <summary>Rows whose mean is 0 or 1 as far as doubles can tell.</summary>
    internal int CertainCount { get; private set; }

    /// <summary>Sums over the rows of a cell.</summary>
    /// <param name="blockStart">First full column of the term's block.</param>
    internal CellSummary At(int blockStart, int cell)
    {
        var own = sums[blockStart].AsSpan(cell * SumsPerCell, SumsPerCell);
        return new(own[0], (int)own[1], own[2], own[3]);
    }

    internal static RowSummary Of(GlmDesign design, FittedRows fitted, CancellationToken cancellation)
    {
        var summary = new RowSummary();
        // A smooth by level has no sums: its rows are coded by bin as well.
        bool IsCounted(int t) => design.Terms[t] is { IsByLevel: false, Encoded.Coders.Count: > 0 };
        int[] starts = [.. design.TermStarts.Where((_, t) => IsCounted(t))];
        for (var t = 0; t < design.Terms.Count; t++)
        {
            if (IsCounted(t))
                summary.sums.Add(design.TermStarts[t], new double[design.Terms[t].Encoded.CellCount * SumsPerCell]);
        }
        fitted.ForEach(
            (rows, columns, means) =>
            {
                foreach (var start in starts)
                    AddCells(rows, CodesOf(columns, start), means, summary.sums[start], cancellation);
                summary.CertainCount += means.Count(mu => mu is < Certain or > 1 - Certain);
            }
        );
        return summary;
    }

    /// <summary>Sums over the rows of each code.</summary>
    internal static CellSummary[] Of(
        Func<GlmProblem, int[]> codesOf,
        int count,
        FittedRows fitted,
        CancellationToken cancellation
    )
    {
        var sums = new double[count * SumsPerCell];
        fitted.ForEach((rows, _, means) => AddCells(rows, codesOf(rows), means, sums, cancellation));
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(code => sums.AsSpan(code * SumsPerCell, SumsPerCell).ToArray())
                .Select(own => new CellSummary(own[0], (int)own[1], own[2], own[3])),
        ];
    }

    static int[] CodesOf(GlmDesign design, int start) =>
        design.Blocks.First(block => block.Start == start && block.Codes is not null).Codes!;

    static void AddCells(GlmProblem rows, int[] codes, double[] means, double[] sums, CancellationToken cancellation) =>
        RowBlocks.Accumulate(
            rows.RowCount,
            rows.Threads,
            sums,
            (part, partial) =>
            {
                for (var row = part.Start; row < part.End; row++)
                {
                    var own = partial.Slice(codes[row] * SumsPerCell, SumsPerCell);
                    own[0] += rows.Size[row];
                    own[1]++;
                    own[2] += rows.Weight[row] * rows.Target[row];
                    own[3] += rows.Weight[row] * means[row];
                }
            },
            cancellation
        );
}
