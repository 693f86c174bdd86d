using System.Globalization;
using System.Text;

namespace Halley.Data.Expressions;

/// <summary>Nodes to text with as few brackets as needed: parsing the text gives the same nodes.</summary>
static class Printer
{
    public static string Print(Node node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    static void Write(Node node, StringBuilder text)
    {
        switch (node)
        {
            case NumberNode number:
                text.Append(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case TextNode literal:
                WriteQuoted(literal.Value, text);
                break;
            case BooleanNode boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case MissingNode:
                text.Append("missing");
                break;
            case NameNode name:
                WriteName(name.Name, text);
                break;
            case UnaryNode unary:
                text.Append(unary.Operator == "not" ? "not " : "-");
                WriteInside(unary.Operand, Precedence.Of(unary), text);
                break;
            case BinaryNode binary:
                WriteBinary(binary, text);
                break;
            case MembershipNode membership:
                WriteInside(membership.Value, Precedence.Sum, text);
                text.Append(membership.Negated ? " not in " : " in ");
                WriteList(membership.Members, text);
                break;
            case CallNode call:
                WriteName(call.Function, text);
                WriteList(call.Arguments, text);
                break;
        }
    }

    static void WriteBinary(BinaryNode binary, StringBuilder text)
    {
        var own = Precedence.OfBinary(binary.Operator);
        // A comparison's sides may not be comparisons; '^' groups to the right, all others to the left.
        var (left, right) = own switch
        {
            Precedence.Comparison => (own + 1, own + 1),
            Precedence.Power => (own + 1, Precedence.Negation),
            _ => (own, own + 1),
        };
        WriteInside(binary.Left, left, text);
        text.Append(' ').Append(binary.Operator).Append(' ');
        WriteInside(binary.Right, right, text);
    }

    static void WriteInside(Node node, int minimum, StringBuilder text)
    {
        var bracketed = Precedence.Of(node) < minimum;
        if (bracketed)
            text.Append('(');
        Write(node, text);
        if (bracketed)
            text.Append(')');
    }

    static void WriteList(IReadOnlyList<Node> items, StringBuilder text)
    {
        text.Append('(');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Write(items[i], text);
        }
        text.Append(')');
    }

    static void WriteName(string name, StringBuilder text)
    {
        if (IsPlain(name))
            text.Append(name);
        else
            text.Append('`').Append(name).Append('`');
    }

    static bool IsPlain(string name)
    {
        if (ReservedWords.Contains(name) || !(char.IsLetter(name[0]) || name[0] == '_'))
            return false;
        for (var i = 1; i < name.Length; i++)
        {
            var joins = name[i] == '.' && i + 1 < name.Length && (char.IsLetter(name[i + 1]) || name[i + 1] == '_');
            if (!joins && !char.IsLetterOrDigit(name[i]) && name[i] != '_')
                return false;
        }
        return true;
    }

    static void WriteQuoted(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ => c.ToString(),
                }
            );
        }
        text.Append('"');
    }
}
