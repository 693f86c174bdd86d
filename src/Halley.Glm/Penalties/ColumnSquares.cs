using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Squares by residuals: for many columns, of which few are in the model. Products are summed only where they are asked for.</summary>
sealed class ColumnSquares : LeastSquares
{
    /// <summary>Rows of a sum's parts: a tile of a hundred columns stays in the second-level cache.</summary>
    const int TileRows = 1024;

    /// <summary>Columns that a thread takes at a time, at most.</summary>
    const int ColumnsAtOnce = 32;

    readonly double[][] columns;
    readonly double[] target;
    readonly int threads;
    readonly CancellationToken cancellation;

    internal ColumnSquares(GlmProblem problem, GlmDesign design, CancellationToken cancellation)
        : base(design.Order.Length)
    {
        (threads, this.cancellation) = (problem.Threads, cancellation);
        var rows = WeightedRows.Of(problem.Weight);
        target = new double[problem.RowCount];
        for (var row = 0; row < target.Length; row++)
            target[row] = problem.Target[row] - problem.Offset[row];
        target = rows.Take(target);
        columns = new double[Count][];
        WorkItems.For(Count, threads, j => columns[j] = rows.Take(ColumnOf(design, design.Order[j])), cancellation);
    }

    internal override double Evaluate(double[] beta, double[] slopes)
    {
        var residual = (double[])target.Clone();
        int[] present = [.. Enumerable.Range(0, Count).Where(j => beta[j] != 0)];
        WorkItems.For(
            (residual.Length + TileRows - 1) / TileRows,
            threads,
            tile => Subtract(beta, present, residual, tile * TileRows),
            cancellation
        );
        WorkItems.For(
            (Count + ColumnsAtOnce - 1) / ColumnsAtOnce,
            threads,
            item => FillSlopes(residual, slopes, item * ColumnsAtOnce, Math.Min((item + 1) * ColumnsAtOnce, Count)),
            cancellation
        );
        return 0.5 * Reduce.Dot(residual, residual);
    }

    internal override void FillGram(int[] members, int first, double[] gram, int room)
    {
        // How the work is shared changes no bit of a sum.
        var share = (members.Length - first + WorkItems.ThreadCount(threads) - 1) / WorkItems.ThreadCount(threads);
        share = Math.Clamp(share + share % 2, 2, ColumnsAtOnce);
        WorkItems.For(
            (members.Length - first + share - 1) / share,
            threads,
            item => FillRows(members, first + item * share, Math.Min(first + (item + 1) * share, members.Length), gram, room),
            cancellation
        );
        for (var m = first; m < members.Length; m++)
        {
            for (var k = 0; k < m; k++)
                gram[k * room + m] = gram[m * room + k];
        }
    }

    void Subtract(double[] beta, int[] present, double[] residuals, int start)
    {
        var residual = residuals.AsSpan(start, Math.Min(TileRows, residuals.Length - start));
        var i = 0;
        Span<double> scales = stackalloc double[4];
        for (; i <= present.Length - 4; i += 4)
        {
            for (var k = 0; k < 4; k++)
                scales[k] = -beta[present[i + k]];
            Panel.AddScaled(
                scales,
                Part(present[i], start, residual.Length),
                Part(present[i + 1], start, residual.Length),
                Part(present[i + 2], start, residual.Length),
                Part(present[i + 3], start, residual.Length),
                residual
            );
        }
        for (; i < present.Length; i++)
            Reduce.AddScaled(-beta[present[i]], Part(present[i], start, residual.Length), residual);
    }

    void FillSlopes(double[] residual, double[] slopes, int from, int end)
    {
        var j = from;
        for (; j <= end - 4; j += 4)
        {
            var (a, b, c, d) = Reduce.Dots(residual, columns[j], columns[j + 1], columns[j + 2], columns[j + 3]);
            (slopes[j], slopes[j + 1], slopes[j + 2], slopes[j + 3]) = (-a, -b, -c, -d);
        }
        for (; j < end; j++)
            slopes[j] = -Reduce.Dot(residual, columns[j]);
    }

    /// <summary>Products of some members with all up to themselves.</summary>
    void FillRows(int[] members, int from, int end, double[] gram, int room)
    {
        for (var m = from; m < end; m++)
            gram.AsSpan(m * room, m + 1).Clear();
        for (var start = 0; start < target.Length; start += TileRows)
        {
            var count = Math.Min(TileRows, target.Length - start);
            for (var m = from; m < end; m += 2)
                AddPair(members, m, Math.Min(m + 1, end - 1), start, count, gram, room);
        }
    }

    /// <summary>Adds a tile's products of two members, or of one given twice, with all up to themselves.</summary>
    void AddPair(int[] members, int m, int next, int start, int count, double[] gram, int room)
    {
        var one = Part(members[m], start, count);
        var two = Part(members[next], start, count);
        Span<double> parts = stackalloc double[8];
        for (var k = 0; k <= next; k += 4)
        {
            Panel.Dots(
                one,
                two,
                Part(members[k], start, count),
                Part(members[Math.Min(k + 1, next)], start, count),
                Part(members[Math.Min(k + 2, next)], start, count),
                Part(members[Math.Min(k + 3, next)], start, count),
                parts
            );
            for (var i = 0; i < 4 && k + i <= m; i++)
                gram[m * room + k + i] += parts[i];
            for (var i = 0; i < 4 && k + i <= next && next > m; i++)
                gram[next * room + k + i] += parts[4 + i];
        }
    }

    ReadOnlySpan<double> Part(int column, int start, int count) => columns[column].AsSpan(start, count);

    /// <summary>A full column written out.</summary>
    static double[] ColumnOf(GlmDesign design, int full)
    {
        var block = design.BlockOf(full);
        var (cell, j) = Math.DivRem(full - block.Start, block.Width);
        if (block.Codes is null)
            return block.Columns[j];
        var column = new double[design.RowCount];
        for (var row = 0; row < column.Length; row++)
        {
            if (block.Codes[row] == cell)
                column[row] = block.Columns.Length == 0 ? 1 : block.Columns[j][row];
        }
        return column;
    }
}
