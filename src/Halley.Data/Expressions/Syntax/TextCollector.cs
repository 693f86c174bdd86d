namespace Halley.Data.Expressions;

/// <summary>Finds the texts that a name stands beside in comparisons.</summary>
static class TextCollector
{
    public static IEnumerable<string> Beside(string name, Node node)
    {
        // The parser bounds the depth, so recursion is safe.
        var (own, parts) = node switch
        {
            BinaryNode { Operator: "==" or "!=", Left: var left, Right: var right } => (
                IsName(left, name) ? TextsOf(right)
                : IsName(right, name) ? TextsOf(left)
                : [],
                [left, right]
            ),
            BinaryNode other => ([], [other.Left, other.Right]),
            MembershipNode member => (
                IsName(member.Value, name) ? member.Members.SelectMany(TextsOf) : [],
                [member.Value, .. member.Members]
            ),
            UnaryNode unary => ([], [unary.Operand]),
            CallNode call => ((IEnumerable<string>)[], (Node[])[.. call.Arguments]),
            _ => ([], []),
        };
        return own.Concat(parts.SelectMany(part => Beside(name, part)));
    }

    static bool IsName(Node node, string name) => node is NameNode named && named.Name == name;

    static IEnumerable<string> TextsOf(Node node) => node is TextNode text ? [text.Value] : [];
}
