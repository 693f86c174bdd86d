namespace Halley.Data.Expressions;

sealed partial class Compiler
{
    Operand CompileComparison(BinaryNode node)
    {
        var left = Compile(node.Left);
        var right = Compile(node.Right);
        RefuseMissingWord(node.Left, left, node);
        RefuseMissingWord(node.Right, right, node);
        left = ResolveText(node.Left, left, right);
        right = ResolveText(node.Right, right, left);
        if (left.Kind != right.Kind)
            throw source.Error(
                ExpressionCodes.Type,
                node.At,
                $"'{node.Operator}' compares values of one kind; found {Describe(node.Left, left)} and {Describe(node.Right, right)}."
            );
        if (left.Kind is not (FieldKind.Number or FieldKind.Date) && node.Operator is not ("==" or "!="))
            ThrowType(node.Left, left, $"'{node.Operator}'", "numbers or dates");
        if (left.Kind == FieldKind.Category)
            right = InLevelsOf(left, right, node);
        return node.Operator switch
        {
            "==" => EmitBinary<LogicOperations.Equal>("==", SlotType.Boolean, left, right),
            "!=" => EmitBinary<LogicOperations.NotEqual>("!=", SlotType.Boolean, left, right),
            "<" => EmitBinary<LogicOperations.Less>("<", SlotType.Boolean, left, right),
            "<=" => EmitBinary<LogicOperations.LessOrEqual>("<=", SlotType.Boolean, left, right),
            ">" => EmitBinary<LogicOperations.Greater>(">", SlotType.Boolean, left, right),
            _ => EmitBinary<LogicOperations.GreaterOrEqual>(">=", SlotType.Boolean, left, right),
        };
    }

    void RefuseMissingWord(Node node, Operand operand, Node comparison)
    {
        if (operand is MissingOperand)
            throw source.Error(
                ExpressionCodes.Type,
                node.At,
                $"a comparison with 'missing' is always missing. Write {(comparison is BinaryNode { Operator: "!=" } ? "not " : "")}is_missing(x)."
            );
    }

    /// <summary>A text as the level or date that the other side asks for; any other operand as it is.</summary>
    Operand ResolveText(Node node, Operand operand, Operand other)
    {
        if (operand is not TextOperand text)
            return operand;
        return other.Kind switch
        {
            FieldKind.Category => new ConstantOperand(other.Type, LevelCode(node, text.Text, other.Type.Levels!)),
            FieldKind.Date => new ConstantOperand(SlotType.Date, ReadDate(node, text.Text)),
            FieldKind.Text => new ConstantOperand(SlotType.Category(new([text.Text])), 0),
            _ => operand,
        };
    }

    double LevelCode(Node node, string level, LevelList levels)
    {
        var code = levels.CodeOf(level);
        if (code < 0)
            throw source.Error(
                ExpressionCodes.NotALevel,
                node.At,
                $"\"{level}\" is not a level of the category it is compared with.{NearestText.Sentence(level, levels.Levels)}"
            );
        return code;
    }

    double ReadDate(Node node, string text)
    {
        if (DateText.Read(text) is { } day)
            return day;
        throw source.Error(ExpressionCodes.Type, node.At, $"\"{text}\" is not a date. Write it as 2026-01-31.");
    }

    /// <summary>The right side's codes in the left side's levels.</summary>
    Operand InLevelsOf(Operand left, Operand right, BinaryNode node)
    {
        if (left.Type.Levels!.SequenceEqual(right.Type.Levels!))
            return right;
        if (!right.Type.Levels!.Levels.Any(level => left.Type.Levels.CodeOf(level) >= 0) && right is SlotOperand)
            throw source.Error(
                ExpressionCodes.NotALevel,
                node.At,
                $"{Describe(node.Left, left)} and {Describe(node.Right, right)} have no level in common, so '{node.Operator}' always gives the same."
            );
        return Recoded(right, left.Type);
    }

    /// <summary>A category's codes in another list of levels; −1, which equals no code and is not missing, for levels that are not there.</summary>
    Operand Recoded(Operand operand, SlotType to)
    {
        var map = Array.ConvertAll(operand.Type.Levels!.MapTo(to.Levels!), code => (double)code);
        if (operand is ConstantOperand constant)
            return new ConstantOperand(to, double.IsNaN(constant.Value) ? double.NaN : map[(int)constant.Value]);
        return Emit(
            $"recode {string.Join(' ', map)}",
            to,
            [operand],
            (slots, result) => new CodeMapInstruction(slots[0], map, result)
        );
    }

    Operand CompileMembership(MembershipNode node)
    {
        var value = Compile(node.Value);
        if (value is MissingOperand || value.Kind is FieldKind.Text)
            ThrowType(node.Value, value, "'in'", "a field, step or formula on its left");
        var members = new SortedSet<double>();
        foreach (var member in node.Members)
            members.Add(CompileMember(member, value, node));
        var list = members.ToArray();
        var isMember = Emit(
            $"in {string.Join(' ', list.Select(BitConverter.DoubleToInt64Bits))}",
            SlotType.Boolean,
            [value],
            (slots, result) => new MembershipInstruction(slots[0], list, result)
        );
        return node.Negated ? EmitUnary<LogicOperations.Not>("not", SlotType.Boolean, isMember) : isMember;
    }

    double CompileMember(Node node, Operand value, MembershipNode list)
    {
        var member = Compile(node);
        RefuseMissingWord(node, member, list);
        member = ResolveText(node, member, value);
        if (member.Kind != value.Kind)
            throw source.Error(
                ExpressionCodes.Type,
                node.At,
                $"'in' looks for {Describe(list.Value, value)} in a list of that kind; found {Describe(node, member)}."
            );
        if (member is not ConstantOperand constant || double.IsNaN(constant.Value))
            throw source.Error(
                ExpressionCodes.Type,
                node.At,
                "the list after 'in' holds constants only. Write x == y or x == z."
            );
        return value.Kind == FieldKind.Category ? ((ConstantOperand)InLevels(constant, value)).Value : constant.Value;
    }

    Operand InLevels(ConstantOperand constant, Operand value) =>
        constant.Type.Levels!.SequenceEqual(value.Type.Levels!) ? constant : Recoded(constant, value.Type);
}
