using System.Buffers.Binary;
using System.Text;

namespace Halley.Boosting;

/// <summary>A table of counts as a <c>.cbm</c> file holds it.</summary>
/// <param name="Key">Kind and combination, as text.</param>
sealed record CatBoostTable(string Key, ulong[] Keys, int[] Slots, byte[] Blob, int Denominator, int Classes)
{
    static readonly string[] Kinds =
    [
        "Borders",
        "Buckets",
        "BinarizedTargetMeanValue",
        "FloatTargetMeanValue",
        "Counter",
        "FeatureFreq",
    ];

    internal static CatBoostTable Of(FlatBuffer.Table table)
    {
        var raw = table.Bytes(1, 1);
        // Buckets of a hash table: key u64, slot u32; all ones in a key marks an empty one.
        const int Bucket = 12;
        if (raw.Length % Bucket != 0)
            throw ForeignErrors.MalformedAt("statistics", $"an index of {raw.Length} bytes is no list of keys.");
        var (keys, slots) = (new List<ulong>(), new List<int>());
        for (; !raw.IsEmpty; raw = raw[Bucket..])
        {
            var key = BinaryPrimitives.ReadUInt64LittleEndian(raw);
            if (key == ulong.MaxValue)
                continue;
            keys.Add(key);
            slots.Add(BinaryPrimitives.ReadInt32LittleEndian(raw[8..]));
        }
        return new(
            KeyOf(table.Need(0, "base")),
            [.. keys],
            [.. slots],
            table.Bytes(2, 1).ToArray(),
            table.Int(3, 0),
            table.Int(4, 0)
        );
    }

    /// <summary>A text that is equal for equal combinations of one kind.</summary>
    internal static string KeyOf(FlatBuffer.Table table)
    {
        var kind = table.Byte(1, 0);
        if (kind >= Kinds.Length)
            throw ForeignErrors.MalformedAt("statistics", $"a statistic is of kind {kind}.");
        var combination = table.Need(0, "combination");
        var text = new StringBuilder(Kinds[kind]).Append(' ').AppendJoin(',', combination.Ints(0));
        text.Append(' ')
            .Append(Convert.ToHexString(combination.Bytes(1, 8)))
            .Append(' ')
            .Append(Convert.ToHexString(combination.Bytes(2, 8)));
        return text.ToString();
    }

    /// <summary>Counts by key, in the form that scoring takes.</summary>
    internal CtrTable Counts(CtrRule rule)
    {
        var stride = rule.Kind switch
        {
            CtrKind.Counter => 1,
            CtrKind.Mean => 2,
            _ => Classes,
        };
        if (stride is < 1 or > 1 << 16)
            throw ForeignErrors.MalformedAt("statistics", $"a table has {Classes} classes.");
        var values = new double[Keys.Length * stride];
        for (var i = 0; i < Keys.Length; i++)
        {
            for (var item = 0; item < stride; item++)
                values[i * stride + item] = ValueAt((long)Slots[i] * stride + item, rule.Kind == CtrKind.Mean && item == 0);
        }
        return CtrTable.Of(Keys, values, stride, Denominator);
    }

    double ValueAt(long item, bool isFloat)
    {
        if (item < 0 || 4 * item + 4 > Blob.Length)
            throw ForeignErrors.MalformedAt("statistics", $"a key's counts are item {item} of {Blob.Length / 4}.");
        var bytes = Blob.AsSpan((int)(4 * item));
        return isFloat ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }
}
