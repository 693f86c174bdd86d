namespace Halley.Glm;

/// <summary>Rows summed by the bins of smooths, and the way from there to the model's columns and back.</summary>
/// <remarks>
/// A smooth over a covariate with m distinct (or rounded) values is f = B·β with B of shape (m × q). Rows are summed by bin, as for
/// a factor of m levels, and only then Σ h·x·x′ is formed from B and the m × m′ tables of pairs of bins: the cost by row does not
/// depend on q. Source: Li and Wood (2020), Statistics and Computing 30, 19–25.
/// </remarks>
sealed class BinGathering
{
    readonly IReadOnlyList<DesignBlock> model;
    readonly Lazy<PassLayout> pass;

    /// <param name="rowCount">Rows of the whole fit.</param>
    /// <param name="varying">Which columns of block 0 are not all ones; null to look at their values.</param>
    internal BinGathering(IReadOnlyList<DesignBlock> model, int rowCount, bool[]? varying)
        : this(model, own => new(own.Blocks, own.Layout, rowCount, varying)) { }

    /// <param name="whole">The gathering of all rows, of which the blocks are a part.</param>
    internal BinGathering(IReadOnlyList<DesignBlock> model, BinGathering whole)
        : this(model, own => whole.Pass.On(own.Blocks)) { }

    BinGathering(IReadOnlyList<DesignBlock> model, Func<BinGathering, PassLayout> passOf)
    {
        (this.model, pass) = (model, new(() => passOf(this)));
        ModelLayout = new(model);
        if (model.All(block => block.Bins is null))
        {
            (Blocks, Layout) = (model, ModelLayout);
        }
        else
        {
            Blocks = AsRowsMeetThem(model);
            Layout = new(Blocks);
        }
        ColumnCount = Blocks[^1].Start + Blocks[^1].FullColumnCount;
    }

    /// <summary>Blocks with a column for each bin of a smooth.</summary>
    internal IReadOnlyList<DesignBlock> Blocks { get; }

    /// <summary>Where products of <see cref="Blocks"/> stand.</summary>
    internal ProductLayout Layout { get; }

    /// <summary>How a pass over the rows sums them.</summary>
    internal PassLayout Pass => pass.Value;

    /// <summary>Where products of the model's blocks stand.</summary>
    internal ProductLayout ModelLayout { get; }

    /// <summary>Columns of <see cref="Blocks"/>.</summary>
    internal int ColumnCount { get; }

    bool IsTrivial => ReferenceEquals(Blocks, model);

    /// <summary>Coefficients as rows meet them: a smooth's values in its bins. Shape (<see cref="ColumnCount"/>).</summary>
    /// <param name="beta">Shape (full columns of the model).</param>
    internal double[] Spread(double[] beta)
    {
        if (IsTrivial)
            return beta;
        var spread = new double[ColumnCount];
        for (var b = 0; b < model.Count; b++)
        {
            var own = beta.AsSpan(model[b].Start, model[b].FullColumnCount);
            var target = spread.AsSpan(Blocks[b].Start, Blocks[b].FullColumnCount);
            if (model[b].Bins is not { } bins)
            {
                own.CopyTo(target);
                continue;
            }
            for (var bin = 0; bin < target.Length; bin++)
            {
                var row = bins.Row(bin, out var first);
                for (var j = 0; j < row.Length; j++)
                    target[bin] += row[j] * own[first + j];
            }
        }
        return spread;
    }

    /// <summary>Score and products of the model's columns from those by bin.</summary>
    /// <param name="products">Empty to leave them.</param>
    internal (double[] Score, double[] Products) Reduce(double[] score, double[] products) =>
        IsTrivial ? (score, products) : (ReduceScore(score), products.Length == 0 ? products : ReduceProducts(products));

    /// <summary>A symmetric matrix over the model's columns as rows meet it: E·M·E′ with E from <see cref="Spread"/>, in <see cref="Layout"/>.</summary>
    /// <param name="places">Place in the matrix of each full column; −1 for one that it lacks.</param>
    internal double[] SpreadMatrix(Func<int, int, double> matrix, int[] places)
    {
        var tables = new double[Layout.Length];
        for (var a = 0; a < model.Count; a++)
        {
            for (var b = a; b < model.Count; b++)
            {
                var table = tables.AsSpan(Layout.StartOf(a, b));
                if (a == b)
                    SpreadOwn(a, matrix, places, table);
                else
                    SpreadPair(a, b, matrix, places, table);
            }
        }
        return tables;
    }

    void SpreadOwn(int a, Func<int, int, double> matrix, int[] places, Span<double> table)
    {
        var block = model[a];
        var width = block.Width;
        if (block.Bins is { } bins)
        {
            var own = Part(block, block, matrix, places);
            for (var bin = 0; bin < bins.Count; bin++)
            {
                var row = bins.Row(bin, out var first);
                for (var j = 0; j < row.Length; j++)
                {
                    for (var k = 0; k < row.Length; k++)
                        table[bin] += row[j] * own[(first + j) * width + first + k] * row[k];
                }
            }
            return;
        }
        for (var cell = 0; cell < block.CellCount; cell++)
        {
            for (var j = 0; j < width; j++)
            {
                for (var k = j; k < width; k++)
                {
                    var (row, column) = (places[block.Start + cell * width + j], places[block.Start + cell * width + k]);
                    table[(cell * width + j) * width + k] = row < 0 || column < 0 ? 0 : matrix(row, column);
                }
            }
        }
    }

    void SpreadPair(int a, int b, Func<int, int, double> matrix, int[] places, Span<double> table)
    {
        var part = Part(model[a], model[b], matrix, places);
        var (height, width) = (model[a].FullColumnCount, model[b].FullColumnCount);
        var (rows, columns) = (Blocks[a].FullColumnCount, Blocks[b].FullColumnCount);
        // Columns first: part·E_b′, then E_a times that.
        var right = part;
        if (model[b].Bins is { } bins)
        {
            right = new double[height * columns];
            for (var bin = 0; bin < columns; bin++)
            {
                var row = bins.Row(bin, out var first);
                for (var i = 0; i < height; i++)
                {
                    for (var k = 0; k < row.Length; k++)
                        right[i * columns + bin] += part[i * width + first + k] * row[k];
                }
            }
        }
        if (model[a].Bins is not { } own)
        {
            right.CopyTo(table);
            return;
        }
        for (var bin = 0; bin < rows; bin++)
        {
            var row = own.Row(bin, out var first);
            for (var j = 0; j < row.Length; j++)
            {
                if (row[j] != 0)
                    Kernels.Reduce.AddScaled(
                        row[j],
                        right.AsSpan((first + j) * columns, columns),
                        table.Slice(bin * columns, columns)
                    );
            }
        }
    }

    /// <summary>The matrix over the full columns of two blocks, 0 for columns that it lacks.</summary>
    static double[] Part(DesignBlock left, DesignBlock right, Func<int, int, double> matrix, int[] places)
    {
        var (height, width) = (left.FullColumnCount, right.FullColumnCount);
        var part = new double[height * width];
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++)
            {
                var (row, column) = (places[left.Start + i], places[right.Start + j]);
                part[i * width + j] = row < 0 || column < 0 ? 0 : matrix(row, column);
            }
        }
        return part;
    }

    double[] ReduceScore(double[] score)
    {
        var last = model[^1];
        var reduced = new double[last.Start + last.FullColumnCount];
        for (var b = 0; b < model.Count; b++)
        {
            var own = score.AsSpan(Blocks[b].Start, Blocks[b].FullColumnCount);
            var target = reduced.AsSpan(model[b].Start, model[b].FullColumnCount);
            if (model[b].Bins is not { } bins)
            {
                own.CopyTo(target);
                continue;
            }
            for (var bin = 0; bin < own.Length; bin++)
            {
                var row = bins.Row(bin, out var first);
                for (var j = 0; j < row.Length; j++)
                    target[first + j] += row[j] * own[bin];
            }
        }
        return reduced;
    }

    double[] ReduceProducts(double[] products)
    {
        var reduced = new double[ModelLayout.Length];
        for (var a = 0; a < model.Count; a++)
        {
            for (var b = a; b < model.Count; b++)
            {
                var source = products.AsSpan(Layout.StartOf(a, b));
                var target = reduced.AsSpan(ModelLayout.StartOf(a, b));
                if (a == b)
                    ReduceOwn(a, source, target);
                else
                    ReducePair(a, b, source, target);
            }
        }
        return reduced;
    }

    /// <summary>B′·diag(sums by bin)·B, upper triangle; a plain block as it is.</summary>
    void ReduceOwn(int a, ReadOnlySpan<double> source, Span<double> target)
    {
        if (model[a].Bins is not { } bins)
        {
            source[..(model[a].FullColumnCount * model[a].Width)].CopyTo(target);
            return;
        }
        var q = bins.Width;
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var row = bins.Row(bin, out var first);
            for (var j = 0; j < row.Length; j++)
            {
                var left = source[bin] * row[j];
                if (left == 0)
                    continue;
                for (var k = j; k < row.Length; k++)
                    target[(first + j) * q + first + k] += left * row[k];
            }
        }
    }

    /// <summary>Bₐ′·(table of pairs)·B_b, with the identity for a plain block.</summary>
    void ReducePair(int a, int b, ReadOnlySpan<double> source, Span<double> target)
    {
        var (rows, columns) = (Blocks[a].FullColumnCount, Blocks[b].FullColumnCount);
        var width = model[b].FullColumnCount;
        var right = new double[width];
        for (var i = 0; i < rows; i++)
        {
            var row = source.Slice(i * columns, columns);
            Array.Clear(right);
            if (model[b].Bins is { } bins)
            {
                for (var bin = 0; bin < columns; bin++)
                {
                    if (row[bin] == 0)
                        continue;
                    var values = bins.Row(bin, out var start);
                    for (var k = 0; k < values.Length; k++)
                        right[start + k] += row[bin] * values[k];
                }
            }
            else
            {
                row.CopyTo(right);
            }
            if (model[a].Bins is not { } own)
            {
                right.CopyTo(target[(i * width)..]);
                continue;
            }
            var left = own.Row(i, out var first);
            for (var j = 0; j < left.Length; j++)
            {
                if (left[j] != 0)
                    Kernels.Reduce.AddScaled(left[j], right, target.Slice((first + j) * width, width));
            }
        }
    }

    static DesignBlock[] AsRowsMeetThem(IReadOnlyList<DesignBlock> model)
    {
        var blocks = new DesignBlock[model.Count];
        var start = 0;
        for (var b = 0; b < blocks.Length; b++)
        {
            blocks[b] = model[b].Bins is { } bins ? new(start, bins.Count, model[b].Codes, []) : model[b] with { Start = start };
            start += blocks[b].FullColumnCount;
        }
        return blocks;
    }
}
