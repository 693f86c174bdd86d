namespace Halley.Data.Expressions;

sealed partial class Compiler
{
    Operand CompileIf(CallNode call)
    {
        var condition = CompileAs(FieldKind.Boolean, call.Arguments[0], "the condition of 'if'");
        var branches = CompileAlike(call, call.Arguments.Skip(1));
        return Emit(
            "if",
            branches[0].Type,
            [condition, .. branches],
            (slots, result) => new SelectInstruction(slots[0], slots[1], slots[2], result)
        );
    }

    Operand CompileCoalesce(CallNode call)
    {
        var choices = CompileAlike(call, call.Arguments);
        return choices
            .Skip(1)
            .Aggregate(choices[0], (first, next) => EmitBinary<LogicOperations.Coalesce>("coalesce", first.Type, first, next));
    }

    /// <summary>Compiles parts of which one becomes the value: all of one kind, categories and texts in one list of levels.</summary>
    Operand[] CompileAlike(CallNode call, IEnumerable<Node> nodes)
    {
        var parts = nodes.Select(node => (Node: node, Operand: Compile(node))).ToArray();
        var known = parts.Where(part => part.Operand is not MissingOperand).ToArray();
        if (known.Length == 0)
            return Array.ConvertAll(parts, Operand (_) => new ConstantOperand(SlotType.Number, double.NaN));
        var kind = KindOfBranch(known[0].Operand);
        foreach (var (node, operand) in known)
        {
            if (KindOfBranch(operand) != kind)
                throw source.Error(
                    ExpressionCodes.Type,
                    node.At,
                    $"the values of '{call.Function}' must be of one kind; found {Describe(known[0].Node, known[0].Operand)} and {Describe(node, operand)}."
                );
        }
        var type =
            kind == FieldKind.Category
                ? SlotType.Category(UnionOfLevels(known.Select(part => part.Operand)))
                : known[0].Operand.Type;
        return Array.ConvertAll(parts, part => As(type, part.Operand));
    }

    static FieldKind KindOfBranch(Operand operand) => operand is TextOperand ? FieldKind.Category : operand.Kind;

    /// <summary>All levels, in the order in which they first appear; the first list itself where it holds all.</summary>
    static LevelList UnionOfLevels(IEnumerable<Operand> operands)
    {
        LevelList? union = null;
        foreach (var operand in operands)
        {
            IReadOnlyList<string> levels = operand is TextOperand text ? [text.Text] : operand.Type.Levels!.Levels;
            if (union is null)
                union = operand.Type.Levels ?? new(levels);
            else if (levels.Any(level => union.CodeOf(level) < 0))
                union = new(union.Levels.Union(levels, StringComparer.Ordinal));
        }
        return union!;
    }

    Operand As(SlotType type, Operand operand) =>
        operand switch
        {
            MissingOperand => new ConstantOperand(type, double.NaN),
            TextOperand text => new ConstantOperand(type, type.Levels!.CodeOf(text.Text)),
            _ when type.Kind == FieldKind.Category && !operand.Type.Levels!.SequenceEqual(type.Levels!) => Recoded(operand, type),
            _ => operand,
        };
}
