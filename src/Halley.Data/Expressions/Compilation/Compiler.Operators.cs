namespace Halley.Data.Expressions;

sealed partial class Compiler
{
    Operand CompileUnary(UnaryNode node) =>
        node.Operator == "not"
            ? EmitUnary<LogicOperations.Not>("not", SlotType.Boolean, CompileAs(FieldKind.Boolean, node.Operand, "'not'"))
            : EmitUnary<ArithmeticOperations.Negate>("-", SlotType.Number, CompileAs(FieldKind.Number, node.Operand, "'-'"));

    Operand CompileBinary(BinaryNode node) =>
        Precedence.OfBinary(node.Operator) switch
        {
            Precedence.Or or Precedence.And => CompileLogic(node),
            Precedence.Comparison => CompileComparison(node),
            _ => CompileArithmetic(node),
        };

    Operand CompileLogic(BinaryNode node)
    {
        var taker = $"'{node.Operator}'";
        var left = CompileAs(FieldKind.Boolean, node.Left, taker);
        var right = CompileAs(FieldKind.Boolean, node.Right, taker);
        return node.Operator == "and"
            ? EmitBinary<LogicOperations.And>("and", SlotType.Boolean, left, right)
            : EmitBinary<LogicOperations.Or>("or", SlotType.Boolean, left, right);
    }

    Operand CompileArithmetic(BinaryNode node)
    {
        var left = Compile(node.Left);
        var right = Compile(node.Right);
        if (node.Operator is "+" or "-" && (left.Kind == FieldKind.Date || right.Kind == FieldKind.Date))
            return CompileDateArithmetic(node, left, right);
        var taker = $"'{node.Operator}'";
        RequireNumber(node.Left, left, taker);
        RequireNumber(node.Right, right, taker);
        return node.Operator switch
        {
            "+" => EmitBinary<ArithmeticOperations.Add>("+", SlotType.Number, left, right),
            "-" => EmitBinary<ArithmeticOperations.Subtract>("-", SlotType.Number, left, right),
            "*" => EmitBinary<ArithmeticOperations.Multiply>("*", SlotType.Number, left, right),
            "/" => EmitBinary<ArithmeticOperations.Divide>("/", SlotType.Number, left, right),
            "%" => EmitBinary<ArithmeticOperations.Remainder>("%", SlotType.Number, left, right),
            _ => EmitBinary<ArithmeticOperations.Power>("^", SlotType.Number, left, right),
        };
    }

    void RequireNumber(Node node, Operand operand, string taker)
    {
        if (operand is not MissingOperand && operand.Kind != FieldKind.Number)
            ThrowType(node, operand, taker, "numbers");
    }

    /// <summary>date − date is a number of days; date ± number and number + date are dates.</summary>
    Operand CompileDateArithmetic(BinaryNode node, Operand left, Operand right)
    {
        switch (node.Operator, left.Kind, right.Kind)
        {
            case ("-", FieldKind.Date, FieldKind.Date):
                return EmitBinary<ArithmeticOperations.Subtract>("-", SlotType.Number, left, right);
            case ("-", FieldKind.Date, FieldKind.Number):
                return EmitBinary<DateOperations.SubtractDays>("date-", SlotType.Date, left, right);
            case ("+", FieldKind.Date, FieldKind.Number):
                return EmitBinary<DateOperations.AddDays>("date+", SlotType.Date, left, right);
            case ("+", FieldKind.Number, FieldKind.Date):
                return EmitBinary<DateOperations.AddDays>("date+", SlotType.Date, right, left);
            default:
                var (wrong, found) = left.Kind == FieldKind.Date ? (node.Right, right) : (node.Left, left);
                var expected = node.Operator == "-" ? "two dates, or a date and a number of days" : "a date and a number of days";
                ThrowType(wrong, found, $"'{node.Operator}' with a date", expected);
                return null;
        }
    }
}
