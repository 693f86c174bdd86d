namespace Halley.Data.Expressions;

/// <summary>Finds the names and tables that an expression reads.</summary>
static class NameCollector
{
    public static (IReadOnlyList<string> Names, IReadOnlyList<string> Tables) Collect(Node root)
    {
        var (names, tables) = (new List<string>(), new List<string>());
        Visit(root, names, tables);
        return ([.. names.Distinct(StringComparer.Ordinal)], [.. tables.Distinct(StringComparer.Ordinal)]);
    }

    static void Visit(Node node, List<string> names, List<string> tables)
    {
        switch (node)
        {
            case NameNode name:
                names.Add(name.Name);
                break;
            case UnaryNode unary:
                Visit(unary.Operand, names, tables);
                break;
            case BinaryNode binary:
                Visit(binary.Left, names, tables);
                Visit(binary.Right, names, tables);
                break;
            case MembershipNode membership:
                Visit(membership.Value, names, tables);
                VisitAll(membership.Members, names, tables);
                break;
            case CallNode { Function: "lookup", Arguments: [var table, ..] } call:
                VisitTable(table, tables);
                VisitAll(call.Arguments.Skip(1), names, tables);
                break;
            case CallNode call:
                VisitAll(call.Arguments, names, tables);
                break;
        }
    }

    static void VisitAll(IEnumerable<Node> nodes, List<string> names, List<string> tables)
    {
        foreach (var node in nodes)
            Visit(node, names, tables);
    }

    static void VisitTable(Node node, List<string> tables)
    {
        if (node is NameNode name)
            tables.Add(name.Name);
        else if (node is TextNode text)
            tables.Add(text.Value);
    }
}
