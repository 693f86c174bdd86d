namespace Halley.Data.Expressions;

/// <summary>Text to nodes, by operator precedence.</summary>
/// <remarks>Source of the method: Pratt (1973), "Top down operator precedence", POPL.</remarks>
sealed class Parser
{
    /// <summary>Longest text, deepest nesting and most nodes: far above any formula, far below what could exhaust the stack.</summary>
    internal const int MaximumLength = 100_000;
    internal const int MaximumDepth = 250;
    const int MaximumTokens = 20_000;

    readonly SourceText source;
    readonly List<Token> tokens;
    int next;
    int depth;

    Parser(SourceText source)
    {
        this.source = source;
        tokens = new Lexer(source).Tokens();
        if (tokens.Count > MaximumTokens)
            throw source.Error(
                ExpressionCodes.Limit,
                tokens[MaximumTokens].At,
                $"the expression has more than {MaximumTokens:N0} parts. Split it into steps, or use a lookup table."
            );
    }

    Token Current => tokens[next];

    /// <exception cref="HalleyException">HLY1201, HLY1206: with line, column and a caret.</exception>
    public static Node Parse(SourceText source)
    {
        if (source.Text.Length > MaximumLength)
            throw new HalleyException(
                ExpressionCodes.Limit,
                $"{source.Place}: the text has {source.Text.Length:N0} characters; at most {MaximumLength:N0} are read. Split it into steps, or use a lookup table."
            );
        var parser = new Parser(source);
        var root = parser.Expression(0);
        if (parser.Current.Kind != TokenKind.End)
            parser.ThrowUnexpected("an operator or the end");
        return root;
    }

    Node Expression(int minimum)
    {
        depth++;
        CheckDepth(depth);
        var left = Prefix();
        while (true)
        {
            var symbol = Current;
            var negated = symbol.Is("not") && tokens[next + 1].Is("in");
            var precedence =
                negated ? Precedence.Comparison
                : symbol.Kind is TokenKind.Symbol or TokenKind.Word ? Precedence.OfBinary(symbol.Text)
                : 0;
            if (precedence == 0 || precedence < minimum)
                break;
            next += negated ? 2 : 1;
            left = symbol.Is("in") || negated ? Membership(left, negated, symbol) : Binary(left, symbol, precedence);
            CheckDepth(left.Depth);
        }
        depth--;
        return left;
    }

    Node Prefix()
    {
        var token = Current;
        if (token.Is("-"))
        {
            next++;
            return new UnaryNode("-", Expression(Precedence.Negation), token.At);
        }
        if (token.Is("not"))
        {
            next++;
            return new UnaryNode("not", Expression(Precedence.Not), token.At);
        }
        return Primary(token);
    }

    Node Primary(Token token)
    {
        next++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberNode(token.Value, token.At);
            case TokenKind.Text:
                return new TextNode(token.Text, token.At);
            case TokenKind.Word when token.Text is "true" or "false":
                return new BooleanNode(token.Text == "true", token.At);
            case TokenKind.Word when token.Text == "missing":
                return new MissingNode(token.At);
            case TokenKind.Name when Current.Is("("):
                next++;
                return new CallNode(token.Text, ListUntil(")", token), token.At);
            case TokenKind.Name:
                return new NameNode(token.Text, token.At);
            case TokenKind.Symbol when token.Text == "(":
                var inner = Expression(0);
                if (!Current.Is(")"))
                    ThrowUnexpected($"')' for the '(' at {Position(token)}");
                next++;
                return inner;
            default:
                next--;
                ThrowUnexpected("a value");
                return null;
        }
    }

    BinaryNode Binary(Node left, Token symbol, int precedence)
    {
        // 'a ^ b ^ c' is a ^ (b ^ c), and the exponent may carry a sign: 2 ^ -1.
        var right = Expression(precedence == Precedence.Power ? Precedence.Negation : precedence + 1);
        if (precedence == Precedence.Comparison && IsComparison(Current))
            throw source.Error(
                ExpressionCodes.Syntax,
                Current.At,
                "comparisons can't be chained. Write 'a < b and b < c', or use brackets."
            );
        var name = symbol.Text switch
        {
            "=" => "==",
            "<>" => "!=",
            _ => symbol.Text,
        };
        return new BinaryNode(name, left, right, symbol.At);
    }

    static bool IsComparison(Token token) =>
        token.Kind is TokenKind.Symbol or TokenKind.Word && Precedence.OfBinary(token.Text) == Precedence.Comparison;

    MembershipNode Membership(Node value, bool negated, Token symbol)
    {
        var open = Current;
        if (!open.Is("(") && !open.Is("["))
            ThrowUnexpected("a list after 'in', such as (\"A\", \"B\")");
        next++;
        var members = ListUntil(open.Is("(") ? ")" : "]", open);
        if (members.Count == 0)
            throw source.Error(ExpressionCodes.Syntax, open.At, "the list after 'in' is empty.");
        return new MembershipNode(value, members, negated, symbol.At);
    }

    List<Node> ListUntil(string close, Token open)
    {
        var items = new List<Node>();
        while (!Current.Is(close))
        {
            items.Add(Expression(0));
            if (Current.Is(","))
            {
                next++;
                if (Current.Is(close))
                    ThrowUnexpected("a value after ','");
            }
            else if (!Current.Is(close))
            {
                ThrowUnexpected($"',' or '{close}' in the list that starts at {Position(open)}");
            }
        }
        next++;
        return items;
    }

    void CheckDepth(int reached)
    {
        if (reached > MaximumDepth)
            throw source.Error(
                ExpressionCodes.Limit,
                Current.At,
                $"the expression is nested or chained more than {MaximumDepth} deep. Split it into steps, or use a lookup table."
            );
    }

    string Position(Token token)
    {
        var before = source.Text.AsSpan(0, token.At);
        return $"line {before.Count('\n') + 1}, column {token.At - before.LastIndexOf('\n')}";
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    void ThrowUnexpected(string expected) =>
        throw source.Error(ExpressionCodes.Syntax, Current.At, $"found {Current.Described} where {expected} was expected.");
}
