namespace Halley.Boosting;

/// <summary>One number of a row inside an ONNX graph: an input, or made of others. It becomes a column when the ensemble is built.</summary>
sealed class OnnxScalar
{
    /// <summary>Steps from the inputs at most: a chain that is longer is no model.</summary>
    const int MostSteps = 200;

    readonly OnnxScalar[] sources;
    readonly Func<int[], DerivedColumn>? make;

    OnnxScalar(int feature, OnnxScalar[] sources, Func<int[], DerivedColumn>? make)
    {
        (Feature, this.sources, this.make) = (feature, sources, make);
        foreach (var source in sources)
            Steps = Math.Max(Steps, source.Steps + 1);
        if (Steps > MostSteps)
            throw ForeignErrors.Unsupported(
                "graph",
                $"more than {MostSteps} operations follow one another.",
                "Export a simpler model."
            );
    }

    int Steps { get; }

    /// <summary>The input that it is; −1 where it is made of others.</summary>
    internal int Feature { get; }

    /// <summary>A linear form that it is, for the last step of a linear model; else null.</summary>
    internal OnnxLinear? Linear { get; private init; }

    /// <summary>The last operation, where it is a function of one other number; else null.</summary>
    internal (ColumnOperation Operation, double Constant, OnnxScalar Source)? Last { get; private init; }

    internal static OnnxScalar Input(int feature) => new(feature, [], null);

    internal static OnnxScalar Arithmetic(OnnxScalar source, ColumnOperation operation, double constant, bool single) =>
        new(-1, [source], at => new ArithmeticColumn(at[0], operation, constant, single))
        {
            Last = (operation, constant, source),
        };

    internal static OnnxScalar Pair(OnnxScalar first, OnnxScalar second, ColumnOperation operation, bool single) =>
        new(-1, [first, second], at => new PairColumn(at[0], at[1], operation, single));

    internal static OnnxScalar Select(OnnxScalar condition, OnnxScalar yes, OnnxScalar no) =>
        new(-1, [condition, yes, no], at => new SelectColumn(at[0], at[1], at[2]));

    internal static OnnxScalar Combination(OnnxScalar[] from, CombinationKind kind, bool single)
    {
        var ones = new double[from.Length];
        Array.Fill(ones, 1);
        return new(-1, from, at => new CombinationColumn(at, ones, 0, kind, single));
    }

    /// <summary>constant + Σ factor · source.</summary>
    internal static OnnxScalar Sum(OnnxLinear linear, bool single) =>
        new(
            -1,
            [.. linear.Sources],
            at => new CombinationColumn(at, [.. linear.Factors], linear.Constant, CombinationKind.Sum, single)
        )
        {
            Linear = linear,
        };

    internal static OnnxScalar Map(OnnxScalar source, OnnxMap map, bool single) =>
        new(-1, [source], at => new MapColumn(at[0], map.Keys, map.Values, map.Otherwise, map.WhenMissing, single));

    /// <summary>A number for each text; the levels are known once the whole graph has been read.</summary>
    internal static OnnxScalar Texts(OnnxScalar source, Func<double[]> values, double otherwise) =>
        new(-1, [source], at => new LevelColumn(at[0], values(), otherwise));

    /// <summary>Its column in the ensemble.</summary>
    /// <param name="known">Columns made so far.</param>
    internal int ColumnIn(EnsembleAssembler assembler, Dictionary<OnnxScalar, int> known)
    {
        if (make is null)
            return Feature;
        if (!known.TryGetValue(this, out var column))
        {
            var at = new int[sources.Length];
            for (var i = 0; i < at.Length; i++)
                at[i] = sources[i].ColumnIn(assembler, known);
            known.Add(this, column = assembler.Append(make(at)));
        }
        return column;
    }
}
