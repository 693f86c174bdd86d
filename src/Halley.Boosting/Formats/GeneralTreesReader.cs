namespace Halley.Boosting;

static class GeneralTreesReader
{
    const int MostOutputs = 10_000;

    /// <exception cref="Data.HalleyException">HLY2210.</exception>
    internal static TreeEnsemble Read(ReadOnlySpan<byte> source)
    {
        var reader = new LittleEndianReader(source);
        var (magic, version) = (reader.ReadInt32("magic number"), reader.ReadInt32("version"));
        if (magic != TreeEnsembleFormat.Magic || version != GeneralTreesFormat.Version)
            EnsembleErrors.ThrowAt(
                0,
                $"magic number and version are {magic:x8} and {version}, not {TreeEnsembleFormat.Magic:x8} and 2."
            );
        var inputs = TreeEnsembleReader.ReadInputs(ref reader);
        var derived = new DerivedColumn[reader.ReadCount(5, "number of columns")];
        for (var column = 0; column < derived.Length; column++)
            derived[column] = DerivedColumnFormat.Read(ref reader, inputs.Length + column);
        var rule = ReadRule(ref reader);
        var nodes = TreeEnsembleReader.ReadNodes(ref reader);
        TreeChecks.Run(inputs, nodes, derived.Length);
        if (rule.TreeOutputs.Length != (rule.OutputCount == 1 ? 0 : nodes.Roots.Length))
            EnsembleErrors.ThrowAt(reader.Position, $"{rule.TreeOutputs.Length} outputs stand for {nodes.Roots.Length} trees.");
        nodes = nodes with
        {
            Linear = ReadLinear(ref reader, nodes.All.Length, inputs.Length + derived.Length),
            LeafIds = ReadLeafIds(ref reader, nodes.All.Length),
            PathsByRows = ReadFlag(ref reader, "weight of paths"),
        };
        if (reader.Left > 0)
            EnsembleErrors.ThrowAt(reader.Position, $"{reader.Left} bytes follow the last member.");
        return new(inputs, derived, rule, nodes);
    }

    internal static bool ReadFlag(ref LittleEndianReader reader, string what)
    {
        var at = reader.Position;
        var value = reader.ReadByte(what);
        if (value > 1)
            EnsembleErrors.ThrowAt(at, $"{what} is {value}, neither 0 nor 1.");
        return value == 1;
    }

    internal static double ReadFinite(ref LittleEndianReader reader, string what)
    {
        var at = reader.Position;
        var value = reader.ReadDouble(what);
        if (!double.IsFinite(value))
            EnsembleErrors.ThrowAt(at, $"{what} is {value}.");
        return value;
    }

    static ScoreRule ReadRule(ref LittleEndianReader reader)
    {
        var at = reader.Position;
        var (bases, biases) = (new double[reader.ReadCount(16, "number of outputs")], Array.Empty<double>());
        if (bases.Length is < 1 or > MostOutputs)
            EnsembleErrors.ThrowAt(at, $"there are {bases.Length} outputs, not 1 to {MostOutputs}.");
        biases = new double[bases.Length];
        for (var i = 0; i < bases.Length; i++)
            bases[i] = ReadFinite(ref reader, "base score");
        for (var i = 0; i < biases.Length; i++)
            biases[i] = ReadFinite(ref reader, "bias");
        var sums = reader.ReadByte("kind of sums");
        if (!Enum.IsDefined((TreeAggregate)(sums >> 1)))
            EnsembleErrors.ThrowAt(at, $"the kind of sums is {sums}, which is not known.");
        var (scale, divisor) = (ReadFinite(ref reader, "scale"), ReadFinite(ref reader, "divisor"));
        var (output, transform) = (reader.ReadInt32("output"), (ScoreTransform)reader.ReadByte("transform"));
        if ((uint)output >= (uint)bases.Length || !Enum.IsDefined(transform) || divisor == 0)
            EnsembleErrors.ThrowAt(
                at,
                $"output {output} of {bases.Length}, transform {(int)transform} or divisor {divisor} is not possible."
            );
        var outputs = new int[reader.ReadCount(4, "trees' outputs")];
        for (var tree = 0; tree < outputs.Length; tree++)
        {
            outputs[tree] = reader.ReadInt32("output of a tree");
            if ((uint)outputs[tree] >= (uint)bases.Length)
                EnsembleErrors.ThrowAt(reader.Position - 4, $"tree {tree} adds to output {outputs[tree]} of {bases.Length}.");
        }
        return new()
        {
            Bases = bases,
            Biases = biases,
            SingleSums = (sums & 1) != 0,
            Aggregate = (TreeAggregate)(sums >> 1),
            Scale = scale,
            Divisor = divisor,
            Output = output,
            Transform = transform,
            TreeOutputs = outputs,
        };
    }

    static LinearLeaves? ReadLinear(ref LittleEndianReader reader, int nodes, int columnCount)
    {
        var at = reader.Position;
        var kind = reader.ReadByte("linear leaves");
        if (kind > 2)
            EnsembleErrors.ThrowAt(at, $"linear leaves are {kind}, not 0 (none), 1 or 2 (with means).");
        if (kind == 0)
            return null;
        at = reader.Position;
        var missing = (MissingTerm)reader.ReadByte("what a missing term does");
        if (!Enum.IsDefined(missing))
            EnsembleErrors.ThrowAt(at, $"what a missing term does is {(int)missing}, which is not known.");
        at = reader.Position;
        if ((long)nodes * 12 + 4 > reader.Left)
            EnsembleErrors.ThrowAt(at, $"linear leaves of {nodes} nodes need more than the {reader.Left} bytes left.");
        var (constants, starts) = (new double[nodes], new int[nodes + 1]);
        for (var node = 0; node < nodes; node++)
            constants[node] = ReadFinite(ref reader, "constant of a leaf");
        for (var node = 0; node <= nodes; node++)
        {
            starts[node] = reader.ReadInt32("start of a leaf's terms");
            if (node == 0 ? starts[0] != 0 : starts[node] < starts[node - 1])
                EnsembleErrors.ThrowAt(
                    reader.Position - 4,
                    $"a leaf's terms start at {starts[node]}, before those of the leaf before."
                );
        }
        if ((long)starts[^1] * 12 > reader.Left)
            EnsembleErrors.ThrowAt(at, $"{starts[^1]} terms need more than the {reader.Left} bytes left.");
        var (columns, coefficients) = (new int[starts[^1]], new double[starts[^1]]);
        for (var term = 0; term < columns.Length; term++)
        {
            columns[term] = reader.ReadInt32("column of a term");
            if ((uint)columns[term] >= (uint)columnCount)
                EnsembleErrors.ThrowAt(reader.Position - 4, $"a term reads column {columns[term]} of {columnCount}.");
        }
        for (var term = 0; term < columns.Length; term++)
            coefficients[term] = ReadFinite(ref reader, "coefficient");
        if (kind == 1)
            return new(starts, columns, coefficients, constants, missing);
        var means = new double[starts[^1]];
        for (var term = 0; term < means.Length; term++)
            means[term] = ReadFinite(ref reader, "mean of a term");
        return new(starts, columns, coefficients, constants, missing) { Means = means };
    }

    static int[]? ReadLeafIds(ref LittleEndianReader reader, int nodes)
    {
        if (!ReadFlag(ref reader, "names of leaves"))
            return null;
        if ((long)nodes * 4 > reader.Left)
            EnsembleErrors.ThrowAt(reader.Position, $"names of {nodes} leaves need more than the {reader.Left} bytes left.");
        var ids = new int[nodes];
        for (var node = 0; node < nodes; node++)
            ids[node] = reader.ReadInt32("name of a leaf");
        return ids;
    }
}
