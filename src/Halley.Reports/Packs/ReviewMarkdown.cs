using System.Text;

namespace Halley.Reports;

/// <summary>A review as Markdown for the comment of a pull request (tables as GitHub and GitLab draw them).</summary>
public static class ReviewMarkdown
{
    // A level of the data must not become a link, a mention, an element or another column.
    const string Special = "\\`*_{}[]()#+!|~@";

    /// <summary>The whole text.</summary>
    public static string Write(ReviewPaper paper)
    {
        var text = new StringBuilder();
        text.Append("## ").Append(Plain(paper.Title)).Append("\n\n").Append(Plain(paper.Lede)).Append('\n');
        if (paper.Simulated)
            text.Append("\n**simulated**: every figure here rests on generated data.\n");
        foreach (var section in paper.Sections)
            Add(text, section);
        return text.ToString();
    }

    static void Add(StringBuilder text, ReviewSection section)
    {
        text.Append("\n### ").Append(Plain(section.Title)).Append("\n\n");
        if (section.Words is { } words)
            text.Append(Plain(words)).Append('\n');
        if (section.Rows.Count == 0)
            return;
        if (section.Words is not null)
            text.Append('\n');
        Line(text, section.Head);
        text.Append('|').Insert(text.Length, " --- |", section.Head.Count).Append('\n');
        foreach (var row in section.Rows)
            Line(text, row);
    }

    static void Line(StringBuilder text, IReadOnlyList<string> cells)
    {
        text.Append('|');
        foreach (var cell in cells)
            text.Append(' ').Append(Plain(cell)).Append(" |");
        text.Append('\n');
    }

    static string Plain(string words)
    {
        var plain = new StringBuilder(words.Length + 8);
        foreach (var letter in words.ReplaceLineEndings(" "))
        {
            if (letter == '<')
                plain.Append("&lt;");
            else if (letter == '&')
                plain.Append("&amp;");
            else if (Special.Contains(letter, StringComparison.Ordinal))
                plain.Append('\\').Append(letter);
            else
                plain.Append(letter);
        }
        return plain.ToString();
    }
}
