using System.Globalization;

namespace Halley.Data.Expressions;

sealed partial class Compiler
{
    Operand CompileBand(CallNode call)
    {
        var operand = CompileAs(FieldKind.Number, call.Arguments[0], "'band'");
        var breaks = new double[call.Arguments.Count - 1];
        for (var i = 0; i < breaks.Length; i++)
        {
            breaks[i] = ConstantNumber(call.Arguments[i + 1], "a break of 'band'");
            if (i > 0 && breaks[i] <= breaks[i - 1])
                throw source.Error(ExpressionCodes.Type, call.Arguments[i + 1].At, "the breaks of 'band' must increase.");
        }
        return Emit(
            $"band {string.Join(' ', breaks.Select(BitConverter.DoubleToInt64Bits))}",
            SlotType.Category(BandLevels(breaks)),
            [operand],
            (slots, result) => new BandInstruction(slots[0], breaks, result)
        );
    }

    /// <summary><c>&lt;18</c>, <c>[18,21)</c>, <c>&gt;=21</c> for the breaks 18 and 21.</summary>
    static LevelList BandLevels(double[] breaks)
    {
        var texts = Array.ConvertAll(breaks, value => value.ToString("R", CultureInfo.InvariantCulture));
        var inner = texts.Zip(texts.Skip(1), (low, high) => $"[{low},{high})");
        return new([$"<{texts[0]}", .. inner, $">={texts[^1]}"]);
    }

    Operand CompileLookup(CallNode call)
    {
        var table = FindTable(call.Arguments[0]);
        var keys = new Operand[call.Arguments.Count - 1];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Compile(call.Arguments[i + 1]);
            if (keys[i] is TextOperand or MissingOperand)
                ThrowType(call.Arguments[i + 1], keys[i], "a key of 'lookup'", "a field, step or formula");
        }
        HalleyException TableError(string problem) => source.Error(ExpressionCodes.Table, call.Arguments[0].At, problem);
        var index = new LookupCompiler(table, Array.ConvertAll(keys, key => key.Type), TableError).Compile(out var type);
        // The key types are part of the index: their levels decide what a code means. Slots have one type each.
        return Emit(
            $"lookup {builder.NumberOf(table)}",
            type,
            keys,
            (slots, result) => new LookupInstruction(index, slots, result)
        );
    }

    LookupTable FindTable(Node node)
    {
        var name = node switch
        {
            NameNode named => named.Name,
            TextNode text => text.Value,
            _ => null,
        };
        if (name is not null && tables is not null && tables.TryGetValue(name, out var table))
            return table;
        var problem = name is null
            ? "'lookup' takes a table's name first, then the keys."
            : $"there is no table '{name}'.{NearestText.Sentence(name, tables?.Keys ?? [])}";
        throw source.Error(ExpressionCodes.UnknownName, node.At, problem);
    }
}
