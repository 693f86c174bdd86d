using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Makes the blocks of a design from encoded terms.</summary>
/// <param name="weight">Prior weights, positive, shape (n): the internal basis is orthogonal under them.</param>
sealed class DesignBuilder(LearnInputs inputs, IReadOnlyList<DesignTerm> terms, double[] weight, int threads)
{
    readonly List<DesignBlock> blocks = [];
    readonly List<BasisChange> changes = [];
    readonly int[] starts = new int[terms.Count];

    /// <summary>Where internal bases come from. Default: they are found on the rows.</summary>
    internal BasisOf Basis
    {
        get => field ?? ((_, columns, excluded) => ColumnBasis.Orthogonalise(columns, weight, threads, excluded));
        init;
    }

    /// <summary>Tables of numbers, settled on all rows; null where they are found here, or numbers are columns over rows.</summary>
    internal SettledNumbers? Numbers { get; init; }

    /// <summary>The design of all rows, where these are a part of them; null elsewhere.</summary>
    internal GlmDesign? Whole { get; init; }

    internal static GlmDesign Build(
        LearnInputs inputs,
        IReadOnlyList<DesignTerm> terms,
        double[] weight,
        int threads,
        DesignExclusions exclusions
    )
    {
        var plan = exclusions.Plain ? null : NumberPlan.Of(terms, inputs);
        var numbers = plan is null ? null : SettledNumbers.Of(plan, inputs, weight, threads, exclusions, terms.Count);
        return new DesignBuilder(inputs, terms, weight, threads) { Numbers = numbers }.Build(exclusions);
    }

    /// <param name="chunked">Where the rows are outside memory: what stands for them. Null elsewhere.</param>
    internal GlmDesign Build(DesignExclusions exclusions, ChunkedDesign? chunked = null)
    {
        var encoded = Encode();
        if (Numbers is null)
            AddNumbers(encoded, exclusions.DenseColumns);
        else
            AddSources(Numbers);
        for (var t = 0; t < terms.Count; t++)
        {
            if (terms[t].IsMapped)
                AddMapped(t, encoded[t]);
            else if (terms[t].Encoded.Coders.Count > 0)
                AddLevels(t, encoded[t], centred: !exclusions.Uncentred.Contains(t));
        }
        return new()
        {
            RowCount = chunked?.RowCount ?? inputs.RowCount,
            Whole = Whole,
            Varying = chunked?.Varying,
            OnChunk = chunked is null ? null : chunked.On,
            Blocks = blocks,
            Terms = terms,
            TermStarts = starts,
            Order = Whole?.Order ?? [0, .. Enumerable.Range(0, terms.Count).SelectMany(OrderOf)],
            Changes = changes,
            Penalties = [.. Enumerable.Range(0, terms.Count).Where(t => terms[t].Smooth is not null).SelectMany(PenaltiesOf)],
        };
    }

    /// <summary>Block 0: the constant and all terms of numbers alone.</summary>
    void AddNumbers(EncodedColumns[] encoded, IReadOnlySet<int> excluded)
    {
        var ones = new double[inputs.RowCount];
        Array.Fill(ones, 1);
        var columns = new List<double[]> { ones };
        for (var t = 0; t < terms.Count; t++)
        {
            if (terms[t].Encoded.Coders.Count > 0 || terms[t].IsMapped)
                continue;
            starts[t] = columns.Count;
            columns.AddRange(encoded[t].Columns);
        }
        double[][] dense = [.. columns];
        var basis = Basis(-1, dense, excluded);
        blocks.Add(new(0, 1, null, dense));
        changes.Add(new(blocks[0], basis.Transform, -1));
    }

    /// <summary>The same as tables over a few values.</summary>
    void AddSources(SettledNumbers numbers)
    {
        numbers.Starts.CopyTo(starts, 0);
        blocks.Add(new(0, 1, null, []) { Sources = numbers.On(inputs, threads) });
        changes.Add(new(blocks[0], numbers.Transform, -1));
    }

    /// <summary>Those of each curve.</summary>
    IEnumerable<TermPenalty> PenaltiesOf(int t)
    {
        var smooth = terms[t].Smooth!;
        for (var curve = 0; curve < smooth.CurveCount; curve++)
            foreach (var own in smooth.Penalties)
            {
                yield return new(t, starts[t] + curve * smooth.CurveWidth, own.Matrix, own.Rank, own.Lambda)
                {
                    Cell = terms[t].HasCurves ? Array.IndexOf(smooth.Curves, curve) : null,
                    Diagonal = own.Diagonal,
                };
            }
    }

    /// <summary>A smooth by the bins of its covariate and by level, or levels whose effects sum to zero by level.</summary>
    void AddMapped(int t, EncodedColumns encoded)
    {
        starts[t] = blocks[^1].Start + blocks[^1].FullColumnCount;
        var term = terms[t];
        // The whole has the same bins.
        var bins = Whole?.Blocks.First(block => block.Start == starts[t] && block.Bins is not null).Bins ?? TableOf(term);
        blocks.Add(
            new(starts[t], 1, term.Encoded.Bases.Count > 0 ? Binned(term, encoded.Cells) : encoded.Cells!, []) { Bins = bins }
        );
    }

    /// <summary>The model's columns in each bin.</summary>
    BinTable TableOf(DesignTerm term)
    {
        var (smooth, multiples) = (term.Smooth!, term.Multiples);
        var scoring = ScoringOf(term);
        var bins = new double[scoring.Length, multiples * smooth.CurveWidth];
        for (var bin = 0; bin < scoring.Length; bin++)
        {
            var (own, all) = (scoring[bin].Length / multiples, scoring[bin]);
            for (var k = 0; k < all.Length; k++)
            {
                var (multiple, row) = Math.DivRem(k, own);
                for (var j = 0; j < smooth.CurveWidth; j++)
                    bins[bin, multiple * smooth.CurveWidth + j] += all[k] * smooth.Map[row * smooth.CurveWidth + j];
            }
        }
        // All curves of a level stand side by side.
        int[] levels =
        [
            .. smooth.Curves.Where((_, place) => place % multiples == 0).Select(curve => curve < 0 ? -1 : curve / multiples),
        ];
        return new(bins, levels);
    }

    /// <summary>The scoring columns in each bin of the covariates, or of each level.</summary>
    double[][] ScoringOf(DesignTerm term)
    {
        if (term.Smooth!.Joint is { } joint)
            return joint.ColumnsOf(term.Encoded);
        if (term.Encoded.Bases.Count == 0)
            return Levels(term.Smooth.Map.Length / term.Smooth.CurveWidth);
        var basis = (SplineBasis)term.Encoded.Bases[0];
        return [.. inputs.BinsOf(basis).Values.Select(basis.At)];
    }

    /// <summary>Bin of each row.</summary>
    /// <param name="levels">Level of each row, which counts slowest; null for one curve.</param>
    int[] Binned(DesignTerm term, int[]? levels)
    {
        var joint = term.Smooth!.Joint;
        var basis = term.Encoded.Bases[0];
        var codes = joint?.CodesOf(inputs) ?? inputs.Binned(basis).Codes;
        if (levels is null)
            return codes;
        var count = joint?.Places.Length ?? inputs.BinsOf(basis).Values.Length;
        for (var row = 0; row < codes.Length; row++)
            codes[row] += levels[row] * count;
        return codes;
    }

    static double[][] Levels(int count) =>
        [.. Enumerable.Range(0, count).Select(level => Enumerable.Range(0, count).Select(k => k == level ? 1.0 : 0).ToArray())];

    void AddLevels(int t, EncodedColumns encoded, bool centred)
    {
        starts[t] = blocks[^1].Start + blocks[^1].FullColumnCount;
        var block = new DesignBlock(starts[t], terms[t].Encoded.CellCount, encoded.Cells, encoded.Columns);
        blocks.Add(block);
        if (encoded.Columns.Length == 0)
            return;
        // A penalty is on the columns as they are declared.
        if (terms[t].Smooth is not null)
            return;
        var carrier = centred ? CarrierOf(t) : -1;
        var columns = encoded.Columns;
        if (carrier >= 0)
        {
            var ones = new double[inputs.RowCount];
            Array.Fill(ones, 1);
            columns = [ones, .. columns];
        }
        var basis = Basis(t, columns, DesignExclusions.None.DenseColumns);
        changes.Add(new(block, basis.Transform, carrier < 0 ? -1 : starts[carrier]));
    }

    /// <summary>The earlier term with the same cells and no numbers, which can carry the constants of term t; −1 for none.</summary>
    int CarrierOf(int t)
    {
        var levels = terms[t].LevelParts.Select(part => (part.Term.Name, part.Contrasts, part.BaseLevel)).ToArray();
        for (var earlier = 0; earlier < t; earlier++)
        {
            var term = terms[earlier];
            if (
                term.Encoded.Bases.Count == 0
                && term.Smooth is null
                && term.Fixed.Count == 0
                && term.LevelParts.Select(part => (part.Term.Name, part.Contrasts, part.BaseLevel)).SequenceEqual(levels)
            )
                return earlier;
        }
        return -1;
    }

    IEnumerable<int> OrderOf(int t)
    {
        var (term, width) = (terms[t], terms[t].Width);
        for (var cell = 0; cell < term.CellCount; cell++)
        {
            if (term.IsBase(cell) || term.Fixed.ContainsKey(cell))
                continue;
            for (var column = 0; column < width; column++)
                yield return starts[t] + cell * width + column;
        }
    }

    /// <summary>Cells and values of every term on the learn rows, by the code that scores.</summary>
    internal EncodedColumns[] Encode()
    {
        var n = inputs.RowCount;
        // A smooth is held by bin, not by row, and of a smooth by level only the levels are; so are numbers that have tables.
        var own = terms.Select(term => term.IsByLevel ? term.LevelsAlone : term.Encoded).ToArray();
        var encoded = terms
            .Select(
                (term, t) =>
                    (term.IsMapped || Numbers is not null) && own[t].Coders.Count == 0 ? null : EncodedColumns.For(own[t], n)
            )
            .ToArray();
        var lookups = own.Select((term, t) => encoded[t] is null ? null : TermLookup.Of(term, inputs)).ToArray();
        int[] slots = [.. Enumerable.Range(0, inputs.Inputs.Count)];
        // Slots are read only for terms that can't be looked up.
        var reads = terms.Where((_, t) => encoded[t] is not null && lookups[t] is null).Any();
        RowBlocks.For(
            n,
            threads,
            rows =>
            {
                var block = new SlotBlock(slots.Length, reads ? rows.Count : 1);
                foreach (var slot in reads ? slots : [])
                    inputs.Read(slot, rows.Start, block[slot]);
                for (var t = 0; t < terms.Count; t++)
                {
                    if (lookups[t] is { } lookup)
                        lookup.Fill(encoded[t]!, rows);
                    else
                        encoded[t]?.Fill(own[t], block, slots, rows);
                }
            }
        );
        return [.. encoded.Select(columns => columns ?? new EncodedColumns(null, []))];
    }
}
