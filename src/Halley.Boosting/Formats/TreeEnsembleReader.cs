using Halley.Data;

namespace Halley.Boosting;

static class TreeEnsembleReader
{
    /// <summary>Bytes of a node.</summary>
    const int NodeBytes = 8 + 4 + 4 + 4 + 1 + 3 * 8;

    /// <exception cref="HalleyException">HLY2210.</exception>
    internal static TreeEnsemble Read(ReadOnlySpan<byte> source)
    {
        var reader = new LittleEndianReader(source);
        var (magic, version) = (reader.ReadInt32("magic number"), reader.ReadInt32("version"));
        if (magic != TreeEnsembleFormat.Magic || version != TreeEnsembleFormat.Version)
            EnsembleErrors.ThrowAt(
                0,
                $"magic number and version are {magic:x8} and {version}, not {TreeEnsembleFormat.Magic:x8} and 1."
            );
        var baseScore = reader.ReadDouble("base score");
        if (!double.IsFinite(baseScore))
            EnsembleErrors.ThrowAt(8, $"the base score is {baseScore}.");
        var inputs = ReadInputs(ref reader);
        var nodes = ReadNodes(ref reader);
        if (reader.Left > 0)
            EnsembleErrors.ThrowAt(reader.Position, $"{reader.Left} bytes follow the last node.");
        TreeChecks.Run(inputs, nodes);
        return new(inputs, baseScore, nodes);
    }

    internal static ScorerInput[] ReadInputs(ref LittleEndianReader reader)
    {
        var inputs = new ScorerInput[reader.ReadCount(1 + 4 + 4, "number of inputs")];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var input = 0; input < inputs.Length; input++)
        {
            var at = reader.Position;
            var kind = (FieldKind)reader.ReadByte("kind of an input");
            if (kind is not (FieldKind.Number or FieldKind.Category or FieldKind.Boolean or FieldKind.Date))
                EnsembleErrors.ThrowAt(at, $"input {input} is of kind {(int)kind}, which trees can't use.");
            var name = reader.ReadText("name of an input");
            if (!names.Add(name))
                EnsembleErrors.ThrowAt(at, $"two inputs are named '{name}'.");
            inputs[input] = new(name, kind, ReadLevels(ref reader, kind));
        }
        return inputs;
    }

    static LevelList? ReadLevels(ref LittleEndianReader reader, FieldKind kind)
    {
        if (kind != FieldKind.Category)
        {
            var at = reader.Position;
            if (reader.ReadInt32("number of levels") is var none and not -1)
                EnsembleErrors.ThrowAt(at, $"an input that is not a category has {none} levels.");
            return null;
        }
        var levels = new string[reader.ReadCount(4, "number of levels")];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var level = 0; level < levels.Length; level++)
        {
            var at = reader.Position;
            levels[level] = reader.ReadText("level");
            if (!seen.Add(levels[level]))
                EnsembleErrors.ThrowAt(at, $"level '{levels[level]}' appears twice.");
        }
        return new(levels);
    }

    internal static TreeNodes ReadNodes(ref LittleEndianReader reader)
    {
        var roots = new int[reader.ReadCount(4, "number of trees")];
        for (var tree = 0; tree < roots.Length; tree++)
            roots[tree] = reader.ReadInt32("root");
        var starts = new int[reader.ReadCount(4, "number of sets") + 1];
        for (var set = 0; set + 1 < starts.Length; set++)
            starts[set + 1] = starts[set] + ReadWords(ref reader, starts[set]);
        var bits = new ulong[starts[^1]];
        for (var word = 0; word < bits.Length; word++)
            bits[word] = reader.ReadUInt64("word of a set");
        var nodes = new TreeNode[reader.ReadCount(NodeBytes, "number of nodes")];
        var statistics = new NodeStatistics[nodes.Length];
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = ReadNode(ref reader, node);
            statistics[node] = new(reader.ReadDouble("gain"), reader.ReadDouble("cover"), reader.ReadDouble("rows"));
        }
        return new(roots, nodes, statistics, starts, bits);
    }

    /// <summary>The length of a set; all sets so far must fit the bytes left.</summary>
    static int ReadWords(ref LittleEndianReader reader, int before)
    {
        var at = reader.Position;
        var words = reader.ReadInt32("words of a set");
        if (words < 0 || ((long)before + words) * sizeof(ulong) > reader.Left)
            EnsembleErrors.ThrowAt(at, $"a set has {words} words, and {reader.Left} bytes are left.");
        return words;
    }

    static TreeNode ReadNode(ref LittleEndianReader reader, int node)
    {
        var (value, input) = (reader.ReadDouble("value"), reader.ReadInt32("input"));
        var (left, set) = (reader.ReadInt32("left child"), reader.ReadInt32("set"));
        var missingLeft = reader.ReadByte("side of missing values");
        if (missingLeft > 1)
            EnsembleErrors.ThrowNode(node, $"the side of missing values is {missingLeft}, neither 0 nor 1.");
        return new(value, input, left, set, missingLeft == 1);
    }
}
