using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>A sentence with places for values: <c>reported {report_delay} days after the event</c>.</summary>
/// <remarks><c>{name}</c> is a number in its shortest form, a level, a date, or yes/no; <c>{name:2}</c> a number with two decimals; <c>{{</c> a brace.</remarks>
sealed class SentenceTemplate
{
    const int UsualLength = 256;
    static readonly string[] Formats = ["F0", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"];

    readonly Piece[] pieces;

    SentenceTemplate(Piece[] pieces) => this.pieces = pieces;

    /// <param name="Decimals">Decimals of a number; −1 for its shortest form.</param>
    readonly record struct Piece(string? Text, SlotRef Slot, int Decimals);

    /// <summary>Names between braces, in order; null with <paramref name="problem"/> where the text is no template.</summary>
    public static List<(string Text, string? Name, int Decimals)>? Cut(string template, out string? problem)
    {
        var (cuts, text) = (new List<(string, string?, int)>(), new StringBuilder());
        problem = null;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] is '{' or '}' && i + 1 < template.Length && template[i + 1] == template[i])
            {
                text.Append(template[i++]);
                continue;
            }
            if (template[i] != '{')
            {
                text.Append(template[i]);
                continue;
            }
            var end = template.IndexOf('}', i);
            if (end < 0)
            {
                problem = $"the '{{' at character {i + 1} has no '}}'. Write a brace that is text as '{{{{'";
                return null;
            }
            if (ReadPlace(template[(i + 1)..end]) is not var (name, decimals) || name.Length == 0)
            {
                problem =
                    $"'{template[i..(end + 1)]}' is no place for a value. Write {{name}} or {{name:2}}, with 0 to 9 decimals";
                return null;
            }
            cuts.Add((text.ToString(), name, decimals));
            text.Clear();
            i = end;
        }
        cuts.Add((text.ToString(), null, 0));
        return cuts;
    }

    static (string Name, int Decimals)? ReadPlace(string place)
    {
        var colon = place.LastIndexOf(':');
        if (colon < 0)
            return (place, -1);
        return place.Length == colon + 2 && char.IsAsciiDigit(place[^1]) ? (place[..colon], place[^1] - '0') : null;
    }

    /// <param name="slotOf">The slot of a name that <see cref="Cut"/> gave.</param>
    public static SentenceTemplate Of(IEnumerable<(string Text, string? Name, int Decimals)> cuts, Func<string, SlotRef> slotOf)
    {
        var pieces = new List<Piece>();
        foreach (var (text, name, decimals) in cuts)
        {
            if (text.Length > 0)
                pieces.Add(new(text, default, 0));
            if (name is not null)
                pieces.Add(new(null, slotOf(name), decimals));
        }
        return new([.. pieces]);
    }

    /// <summary>The sentence for one row.</summary>
    public string For(SlotBlock block, int row)
    {
        var sentence = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[UsualLength]);
        foreach (var piece in pieces)
        {
            if (piece.Text is { } text)
                sentence.AppendLiteral(text);
            else
                Append(ref sentence, piece, block[piece.Slot.Index][row]);
        }
        return sentence.ToStringAndClear();
    }

    static void Append(ref DefaultInterpolatedStringHandler sentence, Piece piece, double value)
    {
        if (double.IsNaN(value))
        {
            sentence.AppendLiteral("unknown");
            return;
        }
        switch (piece.Slot.Type.Kind)
        {
            case FieldKind.Category:
                sentence.AppendLiteral(piece.Slot.Type.Levels![(int)value]);
                break;
            case FieldKind.Boolean:
                sentence.AppendLiteral(value == 1 ? "yes" : "no");
                break;
            case FieldKind.Date:
                sentence.AppendFormatted(DateOnly.FromDayNumber((int)value), "yyyy-MM-dd");
                break;
            default:
                sentence.AppendFormatted(value, piece.Decimals >= 0 ? Formats[piece.Decimals] : "R");
                break;
        }
    }
}
