using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>How terms of numbers are held where they depend on few values: as tables over cells, not as columns over rows.</summary>
/// <remarks>
/// Terms that read a common input share a source, whose cells are all combinations of their inputs' values. Columns of a source are made
/// orthogonal among themselves and to the constant, exactly as columns of rows would be, since equal rows are only weighed together.
/// Columns of different sources are not; where those all but depend on each other the plan is dropped (<see cref="DesignExclusions.Plain"/>).
/// </remarks>
sealed class NumberPlan
{
    /// <summary>Cells of a source at most.</summary>
    const int CellLimit = 16_384;

    /// <summary>Rows that a cell must stand for on average.</summary>
    const int RowsPerCell = 8;

    readonly IReadOnlyList<DesignTerm> terms;
    readonly Part[] parts;

    NumberPlan(IReadOnlyList<DesignTerm> terms, Part[] parts) => (this.terms, this.parts) = (terms, parts);

    /// <summary>Columns of block 0, the constant included.</summary>
    int Width => 1 + Numbers(terms).Sum(t => terms[t].Width);

    /// <summary>Room for sums by cell, zeroed. Shape (sources)(cells).</summary>
    internal double[][] NoWeights() => [.. parts.Select(part => new double[part.CellCount])];

    /// <summary>Null where there are no terms of numbers alone, one has too many values, or numbers stand by level too.</summary>
    internal static NumberPlan? Of(IReadOnlyList<DesignTerm> terms, LearnInputs inputs)
    {
        int[] numbers = [.. Numbers(terms)];
        if (numbers.Length == 0 || terms.Any(term => !term.IsMapped && term.Encoded is { Coders.Count: > 0, Bases.Count: > 0 }))
            return null;
        var groups = new List<(SortedSet<int> Terms, SortedSet<int> Inputs)>();
        foreach (var t in numbers)
        {
            var own = (Terms: new SortedSet<int> { t }, Inputs: new SortedSet<int>(terms[t].Encoded.Bases.Select(b => b.Input)));
            foreach (var other in groups.Where(group => group.Inputs.Overlaps(own.Inputs)).ToArray())
            {
                own.Terms.UnionWith(other.Terms);
                own.Inputs.UnionWith(other.Inputs);
                groups.Remove(other);
            }
            groups.Add(own);
        }
        var parts = new List<Part>();
        foreach (var (own, read) in groups)
        {
            if (PartOf(own, read, inputs) is not { } part)
                return null;
            parts.Add(part);
        }
        return new(terms, [.. parts]);
    }

    /// <summary>Cell of each row by source. Shape (sources)(n).</summary>
    internal ushort[][] CodesOn(LearnInputs rows, int threads) => [.. parts.Select(part => part.CodesOn(rows, threads))];

    /// <summary>Adds the weights of rows by cell. Shape (sources)(cells).</summary>
    internal static void AddWeights(ushort[][] codes, double[] weight, int threads, double[][] sums)
    {
        for (var s = 0; s < codes.Length; s++)
        {
            var own = codes[s];
            RowBlocks.Accumulate(
                weight.Length,
                threads,
                sums[s],
                (rows, partial) =>
                {
                    for (var row = rows.Start; row < rows.End; row++)
                        partial[own[row]] += weight[row];
                }
            );
        }
    }

    /// <summary>Tables of the columns in the internal basis, and the way back to declared ones.</summary>
    /// <param name="weights">Of the rows of each cell. Shape (sources)(cells).</param>
    /// <param name="starts">First column of each term in block 0; those of numbers are set.</param>
    /// <param name="excluded">Columns of block 0 to leave out.</param>
    internal (NumberSource[] Sources, double[,] Transform) Tabulate(double[][] weights, int[] starts, IReadOnlySet<int> excluded)
    {
        var next = 1;
        foreach (var t in Numbers(terms))
        {
            starts[t] = next;
            next += terms[t].Width;
        }
        var transform = new double[Width, Width];
        transform[0, 0] = 1;
        return ([.. parts.Select((part, s) => Tabulate(part, weights[s], starts, excluded, transform))], transform);
    }

    NumberSource Tabulate(Part part, double[] weights, int[] starts, IReadOnlySet<int> excluded, double[,] transform)
    {
        var values = new List<double[]> { Enumerable.Repeat(1.0, part.CellCount).ToArray() };
        var places = new List<int> { 0 };
        var block = part.Cells();
        foreach (var t in part.Terms)
        {
            var (term, n) = (terms[t].Encoded, part.CellCount);
            var columns = term.Columns(block, part.SlotOf, 0, n, new double[term.ScratchWidth * n]);
            for (var j = 0; j < term.Width; j++)
            {
                values.Add(columns.Slice(j * n, n).ToArray());
                places.Add(starts[t] + j);
            }
        }
        double[][] own = [.. values];
        var left = places.Index().Where(place => excluded.Contains(place.Item)).Select(place => place.Index).ToHashSet();
        var basis = ColumnBasis.Orthogonalise(own, weights, 1, left);
        for (var i = 0; i < own.Length; i++)
        {
            for (var j = Math.Max(i, 1); j < own.Length; j++)
                transform[places[i], places[j]] = basis.Transform[i, j];
        }
        var (width, stride) = (own.Length - 1, NumberSource.StrideOf(own.Length - 1));
        var table = new double[part.CellCount * stride];
        for (var cell = 0; cell < part.CellCount; cell++)
        {
            for (var j = 0; j < width; j++)
                table[cell * stride + j] = own[j + 1][cell];
        }
        return new([.. places.Skip(1)], part.CellCount, table, []);
    }

    static IEnumerable<int> Numbers(IReadOnlyList<DesignTerm> terms) =>
        Enumerable.Range(0, terms.Count).Where(t => terms[t].Encoded.Coders.Count == 0 && !terms[t].IsMapped);

    static Part? PartOf(SortedSet<int> terms, SortedSet<int> read, LearnInputs inputs)
    {
        var (values, cells) = (new List<double[]>(), 1L);
        foreach (var input in read)
        {
            if (inputs.Distinct(input) is not { } own)
                return null;
            values.Add(inputs.MissingIn(input) > 0 ? [.. own, double.NaN] : own);
            cells *= values[^1].Length;
            if (cells > CellLimit || cells > inputs.RowCount / RowsPerCell)
                return null;
        }
        return new([.. terms], [.. read], [.. values]);
    }

    /// <summary>Terms with common inputs.</summary>
    /// <param name="Values">Of each input, a missing one last. The cell counts the first input slowest.</param>
    sealed record Part(int[] Terms, int[] Inputs, double[][] Values)
    {
        readonly DistinctValues[] places = [.. Values.Select(own => new DistinctValues(double.IsNaN(own[^1]) ? own[..^1] : own))];

        internal int CellCount { get; } = Values.Aggregate(1, (count, own) => count * own.Length);

        /// <summary>Place of each input among the slots of <see cref="Cells"/>.</summary>
        internal int[] SlotOf
        {
            get
            {
                var slots = new int[Inputs.Max() + 1];
                for (var i = 0; i < Inputs.Length; i++)
                    slots[Inputs[i]] = i;
                return slots;
            }
        }

        /// <summary>Every cell as a row.</summary>
        internal SlotBlock Cells()
        {
            var block = new SlotBlock(Inputs.Length, CellCount);
            for (var (i, stride) = (Inputs.Length - 1, 1); i >= 0; stride *= Values[i--].Length)
            {
                for (var cell = 0; cell < CellCount; cell++)
                    block[i][cell] = Values[i][cell / stride % Values[i].Length];
            }
            return block;
        }

        internal ushort[] CodesOn(LearnInputs rows, int threads)
        {
            var codes = new ushort[rows.RowCount];
            for (var i = 0; i < Inputs.Length; i++)
            {
                var (input, place, count, isFirst) = (Inputs[i], places[i], Values[i].Length, i == 0);
                RowBlocks.For(
                    codes.Length,
                    threads,
                    block =>
                    {
                        var own = block.Of(codes);
                        var codesOf = rows.CodesOf(input, place, block);
                        for (var row = 0; row < own.Length; row++)
                            own[row] = (ushort)(isFirst ? codesOf[row] : own[row] * count + codesOf[row]);
                    }
                );
            }
            return codes;
        }
    }
}
