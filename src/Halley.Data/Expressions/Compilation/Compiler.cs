using System.Diagnostics.CodeAnalysis;

namespace Halley.Data.Expressions;

/// <summary>Nodes to instructions: checks types, folds constants and shares equal subexpressions.</summary>
sealed partial class Compiler(
    SourceText source,
    PlanBuilder builder,
    IReadOnlyDictionary<string, SlotRef> scope,
    IReadOnlyDictionary<string, LookupTable>? tables
)
{
    /// <summary>Adds the instructions of the whole expression and returns the slot of its value.</summary>
    public SlotRef CompileRoot(Node root) =>
        Compile(root) switch
        {
            TextOperand text => builder.Constant(SlotType.Category(new([text.Text])), 0),
            MissingOperand => builder.Constant(SlotType.Number, double.NaN),
            var operand => SlotOf(operand),
        };

    Operand Compile(Node node) =>
        node switch
        {
            NumberNode number => new ConstantOperand(SlotType.Number, number.Value),
            TextNode text => new TextOperand(text.Value),
            BooleanNode boolean => new ConstantOperand(SlotType.Boolean, boolean.Value ? 1 : 0),
            MissingNode => new MissingOperand(),
            NameNode name => CompileName(name),
            UnaryNode unary => CompileUnary(unary),
            BinaryNode binary => CompileBinary(binary),
            MembershipNode membership => CompileMembership(membership),
            CallNode call => CompileCall(call),
            _ => throw new InvalidOperationException($"node {node.GetType()} is not known."),
        };

    SlotOperand CompileName(NameNode node)
    {
        if (!scope.TryGetValue(node.Name, out var slot))
            ThrowUnknownName(node);
        // Years at risk are a number inside a formula; whether a model may read them is the model's rule.
        return new(slot.Type.Kind == FieldKind.Exposure ? slot with { Type = SlotType.Number } : slot);
    }

    [DoesNotReturn]
    void ThrowUnknownName(NameNode node)
    {
        var problem =
            tables?.ContainsKey(node.Name) == true ? $"'{node.Name}' is a table; read it with lookup({node.Name}, key)."
            : Functions.TryGetValue(node.Name, out var function)
                ? $"'{node.Name}' is a function; give it its arguments: {function.Signature}."
            : $"there is no field or step '{node.Name}'.{NearestText.Sentence(node.Name, scope.Keys)}";
        throw source.Error(ExpressionCodes.UnknownName, node.At, problem);
    }

    /// <summary>
    /// The value of an instruction over <paramref name="inputs"/>. Where all are constants it runs at once, by the same code over one row.
    /// </summary>
    /// <param name="key">Names the operation and its parameters.</param>
    Operand Emit(string key, SlotType type, Operand[] inputs, Func<int[], int, ISlotInstruction> create)
    {
        if (Array.TrueForAll(inputs, input => input is ConstantOperand or MissingOperand))
        {
            var block = new SlotBlock(inputs.Length + 1, 1);
            for (var i = 0; i < inputs.Length; i++)
                block[i][0] = inputs[i] is ConstantOperand constant ? constant.Value : double.NaN;
            create([.. Enumerable.Range(0, inputs.Length)], inputs.Length).Run(block);
            return new ConstantOperand(type, block[inputs.Length][0]);
        }
        var slots = Array.ConvertAll(inputs, input => SlotOf(input).Index);
        return new SlotOperand(builder.Share($"{key}({string.Join(',', slots)})", type, result => create(slots, result)));
    }

    Operand EmitUnary<TOperation>(string key, SlotType type, Operand operand)
        where TOperation : struct, IUnaryOperation =>
        Emit(key, type, [operand], (slots, result) => new UnaryInstruction<TOperation>(slots[0], result));

    Operand EmitBinary<TOperation>(string key, SlotType type, Operand left, Operand right)
        where TOperation : struct, IBinaryOperation =>
        Emit(key, type, [left, right], (slots, result) => new BinaryInstruction<TOperation>(slots[0], slots[1], result));

    SlotRef SlotOf(Operand operand) =>
        operand switch
        {
            SlotOperand slot => slot.Slot,
            ConstantOperand constant => builder.Constant(constant.Type, constant.Value),
            MissingOperand => builder.Constant(SlotType.Number, double.NaN),
            _ => throw new InvalidOperationException("a text has no slot form."),
        };

    /// <summary>Compiles a part that must be of one kind; the word missing fits every kind.</summary>
    /// <param name="taker">What takes it, for the message: <c>'+'</c>, <c>log(x)</c>.</param>
    Operand CompileAs(FieldKind kind, Node node, string taker)
    {
        var operand = Compile(node);
        if (operand is not MissingOperand && operand.Kind != kind)
            ThrowType(node, operand, taker, Article(kind));
        return operand;
    }

    [DoesNotReturn]
    void ThrowType(Node node, Operand found, string taker, string expected) =>
        throw source.Error(ExpressionCodes.Type, node.At, $"{taker} takes {expected}; found {Describe(node, found)}.");

    static string Article(FieldKind kind) => $"a {kind.ToString().ToLowerInvariant()}";

    static string Describe(Node node, Operand operand) =>
        (node, operand) switch
        {
            (_, MissingOperand) => "'missing'",
            (_, TextOperand text) => $"the text \"{text.Text}\"",
            (NameNode name, _) => $"the {operand.Type} '{name.Name}'",
            _ => Article(operand.Kind),
        };
}
