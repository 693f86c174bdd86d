using System.Collections.Frozen;

namespace Halley.Data.Expressions;

sealed partial class Compiler
{
    const int Many = 1000;

    static readonly FrozenDictionary<string, Function> Functions = new Dictionary<string, Function>
    {
        ["if"] = new("if(condition, a, b)", 3, 3, (compiler, call) => compiler.CompileIf(call)),
        ["coalesce"] = new("coalesce(a, b, …)", 2, Many, (compiler, call) => compiler.CompileCoalesce(call)),
        ["is_missing"] = new("is_missing(x)", 1, 1, (compiler, call) => compiler.CompileIsMissing(call)),
        ["min"] = new("min(a, b, …)", 2, Many, (compiler, call) => compiler.CompileExtreme<ArithmeticOperations.Minimum>(call)),
        ["max"] = new("max(a, b, …)", 2, Many, (compiler, call) => compiler.CompileExtreme<ArithmeticOperations.Maximum>(call)),
        ["clamp"] = new("clamp(x, low, high)", 3, 3, (compiler, call) => compiler.CompileClamp(call)),
        ["round"] = new("round(x) or round(x, decimals)", 1, 2, (compiler, call) => compiler.CompileRound(call)),
        ["floor"] = Of<ArithmeticOperations.Floor>("floor(x)"),
        ["ceil"] = Of<ArithmeticOperations.Ceiling>("ceil(x)"),
        ["abs"] = Of<ArithmeticOperations.Absolute>("abs(x)"),
        ["sqrt"] = Of<ArithmeticOperations.SquareRoot>("sqrt(x)"),
        ["exp"] = OfVector<VectorFunctions.Exponential>("exp(x)"),
        ["log"] = OfVector<VectorFunctions.Logarithm>("log(x)"),
        ["logistic"] = OfVector<VectorFunctions.Logistic>("logistic(x)"),
        ["pow"] = new("pow(x, y)", 2, 2, (compiler, call) => compiler.CompilePower(call)),
        ["band"] = new("band(x, break1, break2, …)", 2, Many, (compiler, call) => compiler.CompileBand(call)),
        ["lookup"] = new("lookup(table, key, …)", 2, Many, (compiler, call) => compiler.CompileLookup(call)),
        ["date"] = new("date(\"2026-01-31\")", 1, 1, (compiler, call) => compiler.CompileDate(call)),
        ["year"] = Of<DateOperations.Year>("year(date)", FieldKind.Date),
        ["month"] = Of<DateOperations.Month>("month(date)", FieldKind.Date),
        ["day"] = Of<DateOperations.DayOfMonth>("day(date)", FieldKind.Date),
        ["weekday"] = Of<DateOperations.Weekday>("weekday(date)", FieldKind.Date),
        ["whole_years"] = OfDates<DateOperations.WholeYears>("whole_years(from, to)"),
        ["years_between"] = OfDates<DateOperations.YearsBetween>("years_between(from, to)"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every function, as shown to a user.</summary>
    internal static IEnumerable<string> Signatures => Functions.Values.Select(function => function.Signature);

    static Function Of<TOperation>(string signature, FieldKind kind = FieldKind.Number)
        where TOperation : struct, IUnaryOperation =>
        new(
            signature,
            1,
            1,
            (compiler, call) =>
                compiler.EmitUnary<TOperation>(
                    call.Function,
                    SlotType.Number,
                    compiler.CompileAs(kind, call.Arguments[0], $"'{call.Function}'")
                )
        );

    static Function OfVector<TFunction>(string signature)
        where TFunction : struct, IVectorFunction =>
        new(
            signature,
            1,
            1,
            (compiler, call) =>
                compiler.Emit(
                    call.Function,
                    SlotType.Number,
                    [compiler.CompileAs(FieldKind.Number, call.Arguments[0], $"'{call.Function}'")],
                    (slots, result) => new VectorInstruction<TFunction>(slots[0], result)
                )
        );

    static Function OfDates<TOperation>(string signature)
        where TOperation : struct, IBinaryOperation =>
        new(
            signature,
            2,
            2,
            (compiler, call) =>
                compiler.EmitBinary<TOperation>(
                    call.Function,
                    SlotType.Number,
                    compiler.CompileAs(FieldKind.Date, call.Arguments[0], $"'{call.Function}'"),
                    compiler.CompileAs(FieldKind.Date, call.Arguments[1], $"'{call.Function}'")
                )
        );

    Operand CompileCall(CallNode call)
    {
        if (!Functions.TryGetValue(call.Function, out var function))
            throw source.Error(
                ExpressionCodes.UnknownName,
                call.At,
                $"there is no function '{call.Function}'.{NearestText.Sentence(call.Function, Functions.Keys.Order(StringComparer.Ordinal))}"
            );
        if (call.Arguments.Count < function.Minimum || call.Arguments.Count > function.Maximum)
            throw source.Error(
                ExpressionCodes.Type,
                call.At,
                $"'{call.Function}' is given {call.Arguments.Count} argument{(call.Arguments.Count == 1 ? "" : "s")}; write {function.Signature}."
            );
        return function.Compile(this, call);
    }

    Operand CompileIsMissing(CallNode call)
    {
        var operand = Compile(call.Arguments[0]);
        return operand is TextOperand
            ? new ConstantOperand(SlotType.Boolean, 0)
            : EmitUnary<LogicOperations.IsMissing>("is_missing", SlotType.Boolean, operand);
    }

    /// <summary>min and max: missing where any argument is; of numbers or of dates.</summary>
    Operand CompileExtreme<TOperation>(CallNode call)
        where TOperation : struct, IBinaryOperation
    {
        var first = Compile(call.Arguments[0]);
        if (first.Kind is not (FieldKind.Number or FieldKind.Date))
            ThrowType(call.Arguments[0], first, $"'{call.Function}'", "numbers or dates");
        var result = first;
        foreach (var argument in call.Arguments.Skip(1))
        {
            var next = CompileAs(first.Kind, argument, $"'{call.Function}' of a {first.Kind.ToString().ToLowerInvariant()}");
            result = EmitBinary<TOperation>(call.Function, first.Type, result, next);
        }
        return result;
    }

    Operand CompileClamp(CallNode call)
    {
        var parts = call.Arguments.Select(argument => CompileAs(FieldKind.Number, argument, "'clamp'")).ToArray();
        if (parts is [_, ConstantOperand low, ConstantOperand high] && low.Value > high.Value)
            throw source.Error(ExpressionCodes.Type, call.Arguments[1].At, "the low bound of 'clamp' is above its high bound.");
        var raised = EmitBinary<ArithmeticOperations.Maximum>("max", SlotType.Number, parts[0], parts[1]);
        return EmitBinary<ArithmeticOperations.Minimum>("min", SlotType.Number, raised, parts[2]);
    }

    Operand CompileRound(CallNode call)
    {
        var operand = CompileAs(FieldKind.Number, call.Arguments[0], "'round'");
        var decimals = call.Arguments.Count == 1 ? 0 : ConstantNumber(call.Arguments[1], "the decimals of 'round'");
        if (decimals < 0 || decimals > RoundInstruction.MaximumDecimals || decimals != Math.Floor(decimals))
            throw source.Error(
                ExpressionCodes.Type,
                call.Arguments[1].At,
                $"the decimals of 'round' are a whole number from 0 to {RoundInstruction.MaximumDecimals}."
            );
        var places = (int)decimals;
        return Emit(
            $"round {places}",
            SlotType.Number,
            [operand],
            (slots, result) => new RoundInstruction(slots[0], places, result)
        );
    }

    Operand CompilePower(CallNode call) =>
        EmitBinary<ArithmeticOperations.Power>(
            "^",
            SlotType.Number,
            CompileAs(FieldKind.Number, call.Arguments[0], "'pow'"),
            CompileAs(FieldKind.Number, call.Arguments[1], "'pow'")
        );

    ConstantOperand CompileDate(CallNode call)
    {
        if (call.Arguments[0] is not TextNode text)
            throw source.Error(ExpressionCodes.Type, call.Arguments[0].At, "'date' takes a text, as in date(\"2026-01-31\").");
        return new ConstantOperand(SlotType.Date, ReadDate(text, text.Value));
    }

    double ConstantNumber(Node node, string what)
    {
        if (Compile(node) is ConstantOperand { Kind: FieldKind.Number } constant && double.IsFinite(constant.Value))
            return constant.Value;
        throw source.Error(
            ExpressionCodes.Type,
            node.At,
            $"{what} must be a number known beforehand, not computed from a field."
        );
    }
}
