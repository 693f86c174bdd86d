namespace Halley.Data.Expressions;

/// <summary>How tightly operators bind; a larger number binds tighter.</summary>
/// <remarks>or &lt; and &lt; not &lt; comparison, in &lt; + − &lt; * / % &lt; unary − &lt; ^ (which groups to the right).</remarks>
static class Precedence
{
    public const int Or = 1;
    public const int And = 2;
    public const int Not = 3;
    public const int Comparison = 4;
    public const int Sum = 5;
    public const int Product = 6;
    public const int Negation = 7;
    public const int Power = 8;
    public const int Primary = 9;

    /// <summary>Of a binary operator; 0 where the word or symbol is none.</summary>
    public static int OfBinary(string symbol) =>
        symbol switch
        {
            "or" => Or,
            "and" => And,
            "==" or "=" or "!=" or "<>" or "<" or "<=" or ">" or ">=" or "in" => Comparison,
            "+" or "-" => Sum,
            "*" or "/" or "%" => Product,
            "^" => Power,
            _ => 0,
        };

    public static int Of(Node node) =>
        node switch
        {
            BinaryNode binary => OfBinary(binary.Operator),
            MembershipNode => Comparison,
            UnaryNode { Operator: "not" } => Not,
            UnaryNode => Negation,
            _ => Primary,
        };
}
