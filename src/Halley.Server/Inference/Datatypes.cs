using Halley.Data;

namespace Halley.Server;

/// <summary>The tensor datatypes of the Open Inference Protocol that a field takes, and the values that each can hold.</summary>
static class Datatypes
{
    /// <summary>Datatype of text, levels and dates.</summary>
    public const string Bytes = "BYTES";

    /// <summary>Datatype of numbers that are not whole.</summary>
    public const string Double = "FP64";

    const string Boolean = "BOOL";
    const string Whole = "INT64";

    /// <summary>Smallest and largest value by datatype; whether values are whole.</summary>
    static readonly Dictionary<string, (double Least, double Most, bool Whole)> Numbers = new(StringComparer.Ordinal)
    {
        ["FP64"] = (double.MinValue, double.MaxValue, false),
        ["FP32"] = (float.MinValue, float.MaxValue, false),
        ["INT64"] = (long.MinValue, long.MaxValue, true),
        ["INT32"] = (int.MinValue, int.MaxValue, true),
        ["INT16"] = (short.MinValue, short.MaxValue, true),
        ["INT8"] = (sbyte.MinValue, sbyte.MaxValue, true),
        ["UINT64"] = (0, ulong.MaxValue, true),
        ["UINT32"] = (0, uint.MaxValue, true),
        ["UINT16"] = (0, ushort.MaxValue, true),
        ["UINT8"] = (0, byte.MaxValue, true),
    };

    /// <summary>The datatype that the server names for a field.</summary>
    public static string Of(Field field) =>
        field.Kind switch
        {
            FieldKind.Number or FieldKind.Exposure => field.Whole ? Whole : Double,
            FieldKind.Boolean => Boolean,
            _ => Bytes,
        };

    /// <summary>What is wrong with a tensor's datatype for a field; null where nothing is.</summary>
    public static FieldProblem? Check(Field field, string datatype)
    {
        var named = Of(field);
        var isNumber = field.Kind is FieldKind.Number or FieldKind.Exposure;
        if (isNumber ? Numbers.ContainsKey(datatype) : datatype == named)
            return null;
        var expected = isNumber ? $"datatype {named}, or another of {string.Join(", ", Numbers.Keys)}" : $"datatype {named}";
        var needed =
            isNumber ? "numbers are"
            : field.Kind == FieldKind.Boolean ? "true and false are"
            : "text is";
        return new(field.Name, Cut(datatype), $"is a datatype where {needed} needed", expected, FieldProblemKind.WrongKind);
    }

    /// <summary>What is wrong with a number of a datatype; null where nothing is.</summary>
    public static FieldProblem? Check(string name, string datatype, double number)
    {
        if (!Numbers.TryGetValue(datatype, out var limits) || !double.IsFinite(number))
            return null;
        var kind =
            number < limits.Least || number > limits.Most ? FieldProblemKind.OutOfRange
            : limits.Whole && number != Math.Floor(number) ? FieldProblemKind.NotWhole
            : FieldProblemKind.None;
        if (kind == FieldProblemKind.None)
            return null;
        var value = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var problem = kind == FieldProblemKind.NotWhole ? "is not whole" : "is out of range";
        return new(name, value, $"{problem} for datatype {datatype}", $"a value of {datatype}", kind);
    }

    static string Cut(string text) => text.Length > 64 ? text[..64] : text;
}
