namespace Halley.Boosting;

/// <summary>Derived columns as bytes: a kind, the column read, and what the kind needs.</summary>
static class DerivedColumnFormat
{
    const byte ZeroMissing = 1;
    const byte Code = 2;
    const byte Map = 3;
    const byte Level = 4;
    const byte Arithmetic = 5;
    const byte Ctr = 6;
    const byte Pair = 7;
    const byte Select = 8;
    const byte Combination = 9;
    const byte Keyed = 10;

    internal static void Write(DerivedColumn column, LittleEndianWriter writer)
    {
        switch (column)
        {
            case ZeroMissingColumn zero:
                Start(ZeroMissing, zero.Source, writer);
                break;
            case CodeColumn code:
                Start(Code, code.Source, writer);
                writer.Write((byte)(code.FractionBelowZero ? 1 : 0));
                break;
            case MapColumn map:
                Start(Map, map.Source, writer);
                writer.Write((byte)(map.Single ? 1 : 0));
                writer.Write(map.Otherwise);
                writer.Write(map.WhenMissing);
                Write(map.Keys, writer);
                Write(map.Values, writer);
                break;
            case LevelColumn level:
                Start(Level, level.Source, writer);
                writer.Write(level.WhenMissing);
                Write(level.Values, writer);
                break;
            case ArithmeticColumn arithmetic:
                Start(Arithmetic, arithmetic.Source, writer);
                writer.Write((byte)(arithmetic.Single ? 1 : 0));
                writer.Write((byte)arithmetic.Operation);
                writer.Write(arithmetic.Constant);
                break;
            case PairColumn pair:
                Start(Pair, pair.First, writer);
                writer.Write(pair.Second);
                writer.Write((byte)(pair.Single ? 1 : 0));
                writer.Write((byte)pair.Operation);
                break;
            case SelectColumn select:
                Start(Select, select.Condition, writer);
                writer.Write(select.Yes);
                writer.Write(select.No);
                break;
            case CombinationColumn combination:
                Start(Combination, 0, writer);
                writer.Write((byte)(combination.Single ? 1 : 0));
                writer.Write((byte)combination.Kind);
                writer.Write(combination.Constant);
                writer.Write(combination.From.Length);
                foreach (var source in combination.From)
                    writer.Write(source);
                Write(combination.Factors, writer);
                break;
            case CtrColumn ctr:
                Start(Ctr, 0, writer);
                CtrColumnFormat.Write(ctr, writer);
                break;
            case KeyedColumn keyed:
                Start(Keyed, 0, writer);
                KeyedColumnFormat.Write(keyed, writer);
                break;
            default:
                throw new InvalidOperationException($"a {column.GetType().Name} can't be written.");
        }
    }

    /// <param name="columnsBefore">Inputs and derived columns before this one, which it may read.</param>
    internal static DerivedColumn Read(ref LittleEndianReader reader, int columnsBefore)
    {
        var at = reader.Position;
        var (kind, source) = (reader.ReadByte("kind of a column"), reader.ReadInt32("source of a column"));
        if ((uint)source >= (uint)columnsBefore)
            EnsembleErrors.ThrowAt(at, $"a column reads column {source} of the {columnsBefore} before it.");
        switch (kind)
        {
            case ZeroMissing:
                return new ZeroMissingColumn(source);
            case Code:
                return new CodeColumn(source, GeneralTreesReader.ReadFlag(ref reader, "fraction below zero"));
            case Map:
                return ReadMap(ref reader, source);
            case Level:
                return new LevelColumn(source, ReadValues(ref reader, out var whenMissing), whenMissing);
            case Arithmetic:
                var single = GeneralTreesReader.ReadFlag(ref reader, "single");
                return new ArithmeticColumn(source, ReadOperation(ref reader), reader.ReadDouble("constant"), single);
            case Pair:
                var second = ReadSource(ref reader, columnsBefore);
                var rounded = GeneralTreesReader.ReadFlag(ref reader, "single");
                return new PairColumn(source, second, ReadOperation(ref reader), rounded);
            case Select:
                return new SelectColumn(source, ReadSource(ref reader, columnsBefore), ReadSource(ref reader, columnsBefore));
            case Combination:
                return ReadCombination(ref reader, columnsBefore);
            case Ctr:
                return CtrColumnFormat.Read(ref reader, columnsBefore);
            case Keyed:
                return KeyedColumnFormat.Read(ref reader, columnsBefore);
            default:
                EnsembleErrors.ThrowAt(at, $"a column is of kind {kind}, which is not known.");
                return null;
        }
    }

    static void Start(byte kind, int source, LittleEndianWriter writer)
    {
        writer.Write(kind);
        writer.Write(source);
    }

    static void Write(double[] values, LittleEndianWriter writer)
    {
        writer.Write(values.Length);
        foreach (var value in values)
            writer.Write(value);
    }

    static int ReadSource(ref LittleEndianReader reader, int columnsBefore)
    {
        var at = reader.Position;
        var source = reader.ReadInt32("source of a column");
        if ((uint)source >= (uint)columnsBefore)
            EnsembleErrors.ThrowAt(at, $"a column reads column {source} of the {columnsBefore} before it.");
        return source;
    }

    static ColumnOperation ReadOperation(ref LittleEndianReader reader)
    {
        var at = reader.Position;
        var operation = (ColumnOperation)reader.ReadByte("operation");
        if (!Enum.IsDefined(operation))
            EnsembleErrors.ThrowAt(at, $"operation {(int)operation} is not known.");
        return operation;
    }

    static CombinationColumn ReadCombination(ref LittleEndianReader reader, int columnsBefore)
    {
        var single = GeneralTreesReader.ReadFlag(ref reader, "single");
        var at = reader.Position;
        var kind = (CombinationKind)reader.ReadByte("kind of a combination");
        if (!Enum.IsDefined(kind))
            EnsembleErrors.ThrowAt(at, $"a combination is of kind {(int)kind}, which is not known.");
        var constant = reader.ReadDouble("constant");
        var from = new int[reader.ReadCount(4, "terms of a column")];
        for (var term = 0; term < from.Length; term++)
            from[term] = ReadSource(ref reader, columnsBefore);
        var factors = ReadList(ref reader);
        if (factors.Length != from.Length)
            EnsembleErrors.ThrowAt(at, $"a combination has {from.Length} columns and {factors.Length} factors.");
        return new(from, factors, constant, kind, single);
    }

    static MapColumn ReadMap(ref LittleEndianReader reader, int source)
    {
        var single = GeneralTreesReader.ReadFlag(ref reader, "single");
        var (otherwise, whenMissing) = (reader.ReadDouble("value of others"), reader.ReadDouble("value of missing"));
        var at = reader.Position;
        var (keys, values) = (ReadList(ref reader), ReadList(ref reader));
        if (keys.Length != values.Length)
            EnsembleErrors.ThrowAt(at, $"a column maps {keys.Length} keys to {values.Length} values.");
        for (var i = 0; i < keys.Length; i++)
        {
            if (double.IsNaN(keys[i]) || i > 0 && !(keys[i] > keys[i - 1]))
                EnsembleErrors.ThrowAt(at, $"the keys of a column do not rise at {i}.");
        }
        return new(source, keys, values, otherwise, whenMissing, single);
    }

    static double[] ReadValues(ref LittleEndianReader reader, out double whenMissing)
    {
        whenMissing = reader.ReadDouble("value of missing levels");
        return ReadList(ref reader);
    }

    static double[] ReadList(ref LittleEndianReader reader)
    {
        var values = new double[reader.ReadCount(8, "values of a column")];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.ReadDouble("value of a column");
        return values;
    }
}
