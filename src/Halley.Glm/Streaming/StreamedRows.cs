using Halley.Data;

namespace Halley.Glm;

/// <summary>Takes batches of rows into a spool: roles checked and made numbers, features as slots, rows of weight 0 left out.</summary>
sealed class StreamedRows : IDisposable
{
    /// <summary>Slots in a chunk at most, so that it takes about 64 MB as doubles.</summary>
    const int ChunkSlots = 1 << 23;

    /// <summary>Rows of a chunk at most: four blocks of the largest size.</summary>
    const int MaxChunkRows = 4 * RowSpool.RowUnit;

    readonly TrainingSet roles;
    readonly GlmOptions options;
    readonly string[] names;
    readonly RowSpool spool;
    readonly GridColumn?[] columns;
    readonly Column?[] heads;
    readonly string[] roleNames;
    readonly TextNumbers? clusters;
    readonly StreamedFolds? folds;
    int rowCount;

    /// <param name="roles">Names of target, exposure, weight and offset, and the features; its learn table is not read.</param>
    /// <exception cref="HalleyException">HLY2126: the spool can't be made.</exception>
    internal StreamedRows(TrainingSet roles, GlmOptions options, StreamOptions stream)
    {
        (this.roles, this.options) = (roles, options);
        var read = options.Terms.SelectMany(term => term.Parts).Select(part => ((ColumnTerm)part).Column);
        names = [.. (options.Terms.Count > 0 ? read : roles.Features).Distinct(StringComparer.Ordinal)];
        clusters = options.Errors == ErrorKind.Clustered ? new() : null;
        folds = options.Penalty is { Strength: null } penalty ? new(penalty.Folds, stream.Folder) : null;
        roleNames =
        [
            .. RoleNames.All,
            .. clusters is null ? [] : (string[])[RoleNames.Cluster],
            .. folds is null ? [] : (string[])[RoleNames.Fold],
        ];
        var width = names.Length + roleNames.Length + WidthOf(options);
        var units = Math.Clamp(ChunkSlots / width / RowSpool.RowUnit, 1, MaxChunkRows / RowSpool.RowUnit);
        spool = new(stream.Folder, [.. roleNames, .. names], stream.ChunkRows ?? units * RowSpool.RowUnit);
        (columns, heads) = (new GridColumn?[names.Length], new Column?[names.Length]);
    }

    /// <summary>Adds rows.</summary>
    /// <exception cref="HalleyException">HLY1001, HLY2001, HLY2002, HLY2102: a bad column or value, its row counted from the first batch on.</exception>
    internal void Add(Table rows)
    {
        var vectors = TrainingVectors.Of(roles, rows, rowCount);
        var sizes = SizesOf(vectors, rows);
        var n = rows.RowCount;
        var slots = new double[roleNames.Length + names.Length][];
        (slots[0], slots[1], slots[2], slots[3]) = (vectors.Target, vectors.Weight, vectors.Offset, sizes);
        slots[4] = new double[n];
        Array.Fill(slots[4], rowCount - spool.RowCount);
        for (var k = 0; k < names.Length; k++)
        {
            var column = rows[names[k]];
            heads[k] ??= column.Take([]);
            slots[roleNames.Length + k] = (columns[k] ??= GridColumn.Of(column)).Slots(column);
        }
        // Rows without weight make no cluster and no name of a fold.
        if (clusters is not null)
            slots[Array.IndexOf(roleNames, RoleNames.Cluster)] = clusters.Of(rows[options.Cluster!], vectors.Weight);
        if (folds is not null)
            slots[Array.IndexOf(roleNames, RoleNames.Fold)] = folds.Of(rows, vectors.Weight, rowCount, spool.RowCount);
        if (vectors.Weight.Contains(0))
            n = DropWeightless(slots, n);
        var outside = options.Family.IndexOutsideDomain(slots[0].AsSpan(0, n));
        if (outside >= 0)
        {
            var row = spool.RowCount + outside + (int)slots[4][outside];
            GlmErrors.ThrowTarget(
                roles.Target,
                roles.PlaceOf?.Invoke(row) ?? row,
                rows.Numeric(roles.Target).Values[row - rowCount],
                options.Family
            );
        }
        spool.Add(slots, n);
        rowCount += rows.RowCount;
    }

    /// <summary>All rows that were added, ready to fit.</summary>
    /// <exception cref="HalleyException">HLY2103, HLY2112, HLY2113.</exception>
    internal (LearnRows Rows, LearnInputs Inputs) Complete()
    {
        if (spool.RowCount == 0)
            GlmErrors.ThrowNoWeight(rowCount == 0 ? null : roles.Weight);
        spool.Complete();
        Table table = new([.. names.Select((name, k) => columns[k]!.ToColumn(name, []))]);
        var problem = new GlmProblem
        {
            Family = options.Family,
            Link = options.EffectiveLink,
            Target = [],
            Weight = [],
            Offset = [],
            Threads = options.Threads,
            Chunks = new(spool, names) { ClusterCount = clusters?.Count ?? 0, Folds = folds },
        };
        if (clusters is { Count: < 2 })
            GlmErrors.ThrowOneCluster(options.Cluster!);
        if (!problem.Family.MeanInDomain(problem.MeanTarget))
            GlmErrors.ThrowMean(roles.Target, problem.MeanTarget, problem.Family.Name);
        var columnsOf = new SpooledColumns(spool, table.Columns.ToDictionary(column => column.Name), roles.PlaceOf);
        return (new(table, problem, null), new(columnsOf, options.Threads));
    }

    public void Dispose() => spool.Dispose();

    double[] SizesOf(TrainingVectors vectors, Table rows)
    {
        if (roles.Exposure is null || roles.ExposureUse == ExposureUse.Rate)
            return vectors.Weight;
        var sizes = new double[rows.RowCount];
        Kernels.Reduce.Multiply(vectors.Weight, rows.Exposure(roles.Exposure).Years, sizes);
        return sizes;
    }

    /// <summary>Moves the rows with a weight to the front of each column.</summary>
    static int DropWeightless(double[][] slots, int n)
    {
        var kept = Enumerable.Range(0, n).Where(row => slots[1][row] > 0).ToArray();
        for (var c = 0; c < slots.Length; c++)
            slots[c] = Array.ConvertAll(kept, row => slots[c][row]);
        for (var i = 0; i < kept.Length; i++)
            slots[4][i] += kept[i] - i;
        return kept.Length;
    }

    /// <summary>Columns of numbers that a chunk of the design holds.</summary>
    static int WidthOf(GlmOptions options) =>
        options.Terms.Sum(term =>
            term.Parts.Aggregate(
                1,
                (width, part) =>
                    part switch
                    {
                        PolynomialTerm polynomial => width * polynomial.Degree,
                        SplineTerm spline => width * ((spline.Knots?.Count ?? spline.DegreesOfFreedom) + 3),
                        _ => width,
                    }
            )
        );
}
