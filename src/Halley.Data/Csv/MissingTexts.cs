using System.Text;

namespace Halley.Data;

/// <summary>The declared texts, besides the empty field, that stand for a missing value.</summary>
sealed class MissingTexts(CsvOptions options)
{
    readonly byte[][] texts = [.. options.MissingTexts.Select(Encoding.UTF8.GetBytes)];

    public bool Contains(ReadOnlySpan<byte> text)
    {
        foreach (var candidate in texts)
        {
            if (text.SequenceEqual(candidate))
                return true;
        }
        return false;
    }
}
