using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Halley.Data.Expressions;

/// <summary>Cuts expression text into tokens.</summary>
sealed class Lexer(SourceText source)
{
    static readonly string[] TwoCharacterSymbols = ["<=", ">=", "==", "!=", "<>"];

    static readonly Dictionary<string, string> Foreign = new()
    {
        ["&"] = "write 'and'",
        ["|"] = "write 'or'",
        ["!"] = "write 'not', or '!=' for not equal",
        ["?"] = "write if(condition, a, b)",
        [":"] = "write if(condition, a, b)",
        [";"] = "an expression is one formula; make each a step of its own",
        ["{"] = "write a list as (a, b, c)",
        ["$"] = "write the name alone",
        ["@"] = "write the name alone",
    };

    readonly string text = source.Text;
    int position;

    /// <summary>All tokens, ending with one of kind <see cref="TokenKind.End"/>.</summary>
    public List<Token> Tokens()
    {
        var tokens = new List<Token>();
        do tokens.Add(Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    Token Next()
    {
        SkipBlanksAndComments();
        if (position >= text.Length)
            return new(TokenKind.End, "", text.Length);
        var c = text[position];
        if (char.IsAsciiDigit(c) || (c == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
            return Number();
        if (c is '"' or '\'')
            return Quoted(c);
        if (c == '`')
            return QuotedName();
        return char.IsLetter(c) || c == '_' ? Name() : Symbol();
    }

    void SkipBlanksAndComments()
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] == '#'))
        {
            if (text[position] != '#')
            {
                position++;
                continue;
            }
            var lineEnd = text.IndexOf('\n', position);
            position = lineEnd < 0 ? text.Length : lineEnd;
        }
    }

    Token Number()
    {
        var start = position;
        SkipDigits();
        if (position < text.Length && text[position] == '.')
        {
            position++;
            SkipDigits();
        }
        if (position < text.Length && text[position] is 'e' or 'E')
        {
            position++;
            if (position < text.Length && text[position] is '+' or '-')
                position++;
            SkipDigits();
        }
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.'))
            position++;
        var written = text[start..position];
        if (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw source.Error(ExpressionCodes.Syntax, start, $"'{written}' is not a number. Write it as 1234.5 or 1.2e-3.");
        return new(TokenKind.Number, written, start, value);
    }

    void SkipDigits()
    {
        while (position < text.Length && char.IsAsciiDigit(text[position]))
            position++;
    }

    Token Name()
    {
        var start = position;
        while (position < text.Length && IsNamePart())
            position++;
        var name = text[start..position];
        return new(ReservedWords.Contains(name) ? TokenKind.Word : TokenKind.Name, name, start);
    }

    // A dot joins a model's name and one of its values: frequency.score.
    bool IsNamePart() =>
        char.IsLetterOrDigit(text[position])
        || text[position] == '_'
        || (
            text[position] == '.'
            && position + 1 < text.Length
            && (char.IsLetter(text[position + 1]) || text[position + 1] == '_')
        );

    Token Symbol()
    {
        var start = position;
        var pair = text.Substring(position, Math.Min(2, text.Length - position));
        if (TwoCharacterSymbols.Contains(pair))
        {
            position += 2;
            return new(TokenKind.Symbol, pair, start);
        }
        var one = text[position].ToString();
        if (!"+-*/^%()[],<>=".Contains(one, StringComparison.Ordinal))
            ThrowForeign(one, start);
        position++;
        return new(TokenKind.Symbol, one, start);
    }

    Token Quoted(char quote)
    {
        var start = position++;
        var value = new StringBuilder();
        while (position < text.Length && text[position] != quote)
        {
            if (text[position] == '\\')
                position++;
            if (position >= text.Length)
                break;
            value.Append(text[position - 1] == '\\' ? Escaped(text[position]) : text[position]);
            position++;
        }
        if (position >= text.Length)
            throw source.Error(ExpressionCodes.Syntax, start, $"the text that starts here has no closing {quote}.");
        position++;
        return new(TokenKind.Text, value.ToString(), start);
    }

    char Escaped(char c)
    {
        if (c is not ('"' or '\'' or '\\' or 'n' or 't'))
            throw source.Error(ExpressionCodes.Syntax, position - 1, $"'\\{c}' is no escape. There are \\\" \\' \\\\ \\n \\t.");
        return c switch
        {
            'n' => '\n',
            't' => '\t',
            _ => c,
        };
    }

    Token QuotedName()
    {
        var start = position;
        var end = text.IndexOf('`', start + 1);
        if (end <= start + 1)
            throw source.Error(
                ExpressionCodes.Syntax,
                start,
                "a name between backquotes needs at least one character and a closing `."
            );
        position = end + 1;
        return new(TokenKind.Name, text[(start + 1)..end], start);
    }

    [DoesNotReturn]
    void ThrowForeign(string symbol, int at) =>
        throw source.Error(
            ExpressionCodes.Syntax,
            at,
            $"'{symbol}' has no meaning here{(Foreign.TryGetValue(symbol, out var advice) ? $"; {advice}" : "")}."
        );
}
