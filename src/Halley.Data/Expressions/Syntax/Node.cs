namespace Halley.Data.Expressions;

/// <summary>A node of the parsed expression. Immutable.</summary>
/// <param name="At">Index in the text of the character that errors about it point to.</param>
/// <param name="Depth">1 for a leaf, else one more than the deepest child.</param>
abstract record Node(int At, int Depth);

sealed record NumberNode(double Value, int At) : Node(At, 1);

sealed record TextNode(string Value, int At) : Node(At, 1);

sealed record BooleanNode(bool Value, int At) : Node(At, 1);

sealed record MissingNode(int At) : Node(At, 1);

sealed record NameNode(string Name, int At) : Node(At, 1);

/// <param name="Operator"><c>-</c> or <c>not</c>.</param>
sealed record UnaryNode(string Operator, Node Operand, int At) : Node(At, Operand.Depth + 1);

sealed record BinaryNode(string Operator, Node Left, Node Right, int At) : Node(At, Math.Max(Left.Depth, Right.Depth) + 1);

/// <summary><c>value in (a, b, …)</c>.</summary>
sealed record MembershipNode(Node Value, IReadOnlyList<Node> Members, bool Negated, int At)
    : Node(At, Math.Max(Value.Depth, Members.Max(member => member.Depth)) + 1);

sealed record CallNode(string Function, IReadOnlyList<Node> Arguments, int At)
    : Node(At, Arguments.Select(argument => argument.Depth).DefaultIfEmpty().Max() + 1);
