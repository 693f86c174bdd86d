using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Halley.Boosting;

/// <summary>Reads CatBoost's binary models, <c>.cbm</c>.</summary>
/// <remarks>
/// <c>CBM1</c>, the length of the core (u32), the core as a FlatBuffer, then the tables of statistics: their number (u32), and each with
/// its length. Source: CatBoost's FlatBuffers schemas (model.fbs, features.fbs, ctr_data.fbs) and the files themselves.
/// </remarks>
static class CatBoostBinary
{
    internal static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith("CBM"u8);

    internal static ForeignModel Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("CBM1"u8) || bytes.Length < 8)
            throw ForeignErrors.MalformedAt("byte 0", $"it does not start with CBM1.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (length > bytes.Length - 8)
            throw ForeignErrors.MalformedAt("byte 4", $"its core claims {length} bytes, and {bytes.Length - 8} are left.");
        var core = new FlatBuffer(bytes.Slice(8, (int)length).ToArray(), "core").Root();
        var trees = core.Need(1, "trees");
        if (trees.Tables(12).Count + trees.Tables(13).Count + trees.Tables(18).Count > 0)
            throw ForeignErrors.Unsupported("core", $"it has features of texts or embeddings.", "Fit the model without them.");
        var tables = TablesOf(bytes[(8 + (int)length)..], core.Texts(3).Count);
        var parts = PartsOf(core, trees, tables);
        CatBoostBinaryTrees.Add(trees, parts);
        return CatBoostModel.Of(parts);
    }

    static CatBoostParts PartsOf(FlatBuffer.Table core, FlatBuffer.Table trees, List<CatBoostTable> tables)
    {
        var numbers = trees.Tables(5).Select(NumberOf).ToArray();
        var categories = trees
            .Tables(4)
            .Select(table => new CatBoostCategory(NameOf(table.Text(2), table.Int(1, -1)), table.Int(1, -1)))
            .ToArray();
        var outputs = trees.Int(0, 1);
        if (outputs is < 1 or > 10_000)
            ForeignErrors.Malformed("core", $"it has {outputs} outputs.");
        var biases = trees.Doubles(16);
        if (biases.Length == 0)
        {
            biases = new double[outputs];
            Array.Fill(biases, trees.Double(15, 0));
        }
        if (biases.Length != outputs || !Array.TrueForAll(biases, double.IsFinite) || !double.IsFinite(trees.Double(14, 1)))
            ForeignErrors.Malformed("core", $"it has {biases.Length} biases for {outputs} outputs, or one that is not finite.");
        var (loss, parameters, version) = InfoOf(core);
        return new()
        {
            Numbers = numbers,
            Categories = categories,
            OneHots =
            [
                .. trees
                    .Tables(6)
                    .Select(table => new CatBoostOneHot(Index(table.Int(0, -1), categories.Length, "category"), table.Ints(1))),
            ],
            Ctrs = [.. trees.Tables(7).Select(table => CtrOf(table, tables, numbers.Length, categories.Length))],
            Trees = [],
            Outputs = outputs,
            Scale = trees.Double(14, 1),
            Biases = biases,
            Loss = loss,
            LossParameters = parameters,
            Version = version,
        };
    }

    static CatBoostNumber NumberOf(FlatBuffer.Table table) =>
        new(NameOf(table.Text(4), table.Int(2, -1)), table.Int(2, -1), Finite(table.Floats(3)), table.Byte(5, 0) == 2);

    static string NameOf(string id, int flat) => id.Length > 0 ? id : flat.ToString(CultureInfo.InvariantCulture);

    static float[] Finite(float[] borders) =>
        Array.TrueForAll(borders, float.IsFinite) ? borders : throw ForeignErrors.MalformedAt("core", $"a border is not finite.");

    static int Index(int index, int count, string what) =>
        (uint)index < (uint)count ? index : throw ForeignErrors.MalformedAt("core", $"it names {what} {index} of {count}.");

    static CatBoostCtr CtrOf(FlatBuffer.Table feature, List<CatBoostTable> tables, int numbers, int categories)
    {
        var ctr = feature.Need(0, "statistic");
        var key = CatBoostTable.KeyOf(ctr.Need(0, "statistic's base"));
        var table =
            tables.Find(table => table.Key == key)
            ?? throw ForeignErrors.MalformedAt("core", $"the table of statistic '{key}' is missing.");
        var rule = CatBoostRules.Of(
            key[..key.IndexOf(' ')],
            ctr.Int(1, 0),
            ctr.Float(2, 0),
            ctr.Float(3, 1),
            ctr.Float(4, 0),
            ctr.Float(5, 1),
            "core"
        );
        var combination = ctr.Need(0, "statistic's base").Need(0, "combination");
        var conditions = combination.Bytes(1, 8);
        var values = combination.Bytes(2, 8);
        var (floats, levels) = (new (int, float)[conditions.Length / 8], new (int, int)[values.Length / 8]);
        for (var i = 0; i < floats.Length; i++)
            floats[i] = (
                Index(BinaryPrimitives.ReadInt32LittleEndian(conditions[(8 * i)..]), numbers, "number"),
                BinaryPrimitives.ReadSingleLittleEndian(conditions[(8 * i + 4)..])
            );
        for (var i = 0; i < levels.Length; i++)
            levels[i] = (
                Index(BinaryPrimitives.ReadInt32LittleEndian(values[(8 * i)..]), categories, "category"),
                BinaryPrimitives.ReadInt32LittleEndian(values[(8 * i + 4)..])
            );
        return new(
            [.. combination.Ints(0).Select(category => Index(category, categories, "category"))],
            floats,
            levels,
            rule,
            table.Counts(rule),
            Finite(feature.Floats(1))
        );
    }

    static (string Loss, Dictionary<string, string> Parameters, string Version) InfoOf(FlatBuffer.Table core)
    {
        var info = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in core.Tables(2))
            info[pair.Text(0)] = pair.Text(1);
        if (!info.TryGetValue("params", out var text))
            return ("", [], "");
        var loss = JsonDocumentReader.Read(Encoding.UTF8.GetBytes(text)).Find("loss_function");
        return (
            loss?.Find("type")?.Text() ?? "",
            loss?.Find("params")
                ?.AsMembers()
                .Where(member => member.Value.TextValue is not null)
                .ToDictionary(member => member.Key, member => member.Value.TextValue!)
                ?? [],
            ""
        );
    }

    static List<CatBoostTable> TablesOf(ReadOnlySpan<byte> rest, int partCount)
    {
        var tables = new List<CatBoostTable>();
        if (partCount == 0 || rest.IsEmpty)
            return tables;
        var count = Next(ref rest, 1L << 20);
        for (var i = 0L; i < count; i++)
        {
            var length = (int)Next(ref rest, rest.Length - 4);
            tables.Add(
                CatBoostTable.Of(
                    new FlatBuffer(rest[..length].ToArray(), string.Create(CultureInfo.InvariantCulture, $"statistic {i}")).Root()
                )
            );
            rest = rest[length..];
        }
        return tables;
    }

    static uint Next(ref ReadOnlySpan<byte> rest, long most)
    {
        if (rest.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(rest) > most)
            throw ForeignErrors.MalformedAt("statistics", $"a table claims more than the {rest.Length} bytes left.");
        var value = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }
}
