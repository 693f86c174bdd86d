namespace Halley.Reports;

/// <summary>A review as one self-contained page. The same review gives the same bytes.</summary>
public static class ReviewPage
{
    /// <summary>The whole page.</summary>
    public static string Write(ReviewPaper paper)
    {
        var body = new HtmlText();
        foreach (var section in paper.Sections)
        {
            body.Element("h2", section.Title);
            if (section.Words is { } words)
                body.Element("p", words);
            if (section.Rows.Count > 0)
                body.Table(section.Head, section.Rows);
        }
        return ReportPage.Of(paper.Title, paper.Lede, paper.Simulated, body);
    }
}
