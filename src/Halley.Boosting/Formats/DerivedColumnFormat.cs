namespace Halley.Boosting;

/// <summary>Derived columns as bytes: a kind, the column read, and what the kind needs.</summary>
static class DerivedColumnFormat
{
    const byte ZeroMissing = 1;
    const byte Code = 2;
    const byte Member = 3;
    const byte Level = 4;
    const byte Affine = 5;
    const byte Ctr = 6;

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
            case MemberColumn member:
                Start(Member, member.Source, writer);
                writer.Write((byte)(member.Single ? 1 : 0));
                Write(member.Members, writer);
                break;
            case LevelColumn level:
                Start(Level, level.Source, writer);
                writer.Write(level.WhenMissing);
                Write(level.Values, writer);
                break;
            case AffineColumn affine:
                Start(Affine, affine.Source, writer);
                writer.Write((byte)(affine.Single ? 1 : 0));
                writer.Write(affine.Offset);
                writer.Write(affine.Factor);
                break;
            case CtrColumn ctr:
                Start(Ctr, 0, writer);
                CtrColumnFormat.Write(ctr, writer);
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
            case Member:
                return ReadMember(ref reader, source);
            case Level:
                return new LevelColumn(source, ReadValues(ref reader, out var whenMissing), whenMissing);
            case Affine:
                var single = GeneralTreesReader.ReadFlag(ref reader, "single");
                return new AffineColumn(source, reader.ReadDouble("offset"), reader.ReadDouble("factor"), single);
            case Ctr:
                return CtrColumnFormat.Read(ref reader, columnsBefore);
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

    static MemberColumn ReadMember(ref LittleEndianReader reader, int source)
    {
        var single = GeneralTreesReader.ReadFlag(ref reader, "single");
        var at = reader.Position;
        var members = ReadList(ref reader);
        for (var i = 1; i < members.Length; i++)
        {
            if (!(members[i] > members[i - 1]))
                EnsembleErrors.ThrowAt(at, $"the members of a column do not rise at {i}.");
        }
        return new(source, members, single);
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
