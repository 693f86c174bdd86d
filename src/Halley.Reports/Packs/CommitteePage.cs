using System.Globalization;

namespace Halley.Reports;

/// <summary>The committee's paper as one self-contained, printable page. The same paper gives the same bytes.</summary>
public static class CommitteePage
{
    // The first page holds what is read in two minutes; the rest begins on the second.
    const string Style = """
        @page{size:A4;margin:14mm 14mm 16mm}
        .verdict{margin:.8rem 0;padding:.6rem .9rem;border-left:4px solid #b45309;background:#fdf6e9;font-weight:600}
        .verdict.ready{border-color:var(--accent);background:#eaf6f4}
        .headlines{display:grid;grid-template-columns:repeat(4,1fr);gap:.7rem;margin:.8rem 0}
        .headlines div{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .7rem}
        .headlines span{display:block;color:var(--soft);font-size:.8rem}
        .headlines b{display:block;font-size:1.25rem;font-weight:600;line-height:1.35}
        .cover h2{margin-top:1.1rem}.cover table{margin:.3rem 0}.cover th,.cover td{padding-top:.18rem;padding-bottom:.18rem}
        .cover ul{margin:.2rem 0;padding-left:1.1rem}
        .bar{display:inline-block;height:.62rem;background:var(--accent);vertical-align:middle}
        td.bars{width:34%}.pass{color:var(--accent);font-weight:600}.fail{color:#b42318;font-weight:600}.told{color:#9a5b00;font-weight:600}
        td.part{white-space:nowrap;font-weight:600}
        .pair{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}
        .hash{font-size:.8rem;color:var(--soft);word-break:break-all}
        @media print{body{font-size:10.5px;line-height:1.4}main{max-width:none;padding:0}h1{font-size:17px}h2{font-size:12.5px;margin-top:1rem}
        .cover{break-after:page}tr,.headlines{break-inside:avoid}.headlines b{font-size:15px}}
        @media (max-width:40rem){.headlines{grid-template-columns:1fr 1fr}.pair{grid-template-columns:1fr}}
        """;

    const int ChangesOnCover = 6;

    /// <summary>The whole page.</summary>
    public static string Write(CommitteePaper paper)
    {
        var body = new HtmlText().Raw($"<style>{Style}</style>");
        Cover(body, paper);
        Details(body, paper);
        return ReportPage.Of(paper.Title, paper.Lede, paper.Simulated, body);
    }

    static void Cover(HtmlText body, CommitteePaper paper)
    {
        body.Raw("<section class=\"cover\">");
        body.Element("p", paper.Verdict, paper.IsReady ? "verdict ready" : "verdict");
        body.Raw("<div class=\"headlines\">");
        foreach (var (name, value, words) in paper.Headlines)
            body.Raw("<div>").Element("span", name).Element("b", value).Element("span", words).Raw("</div>");
        body.Raw("</div>");
        body.Element("h2", "What changes");
        Changes(body, paper.Changes.Take(ChangesOnCover));
        if (paper.Changes.Count > ChangesOnCover)
            body.Element("p", $"{paper.Changes.Count - ChangesOnCover} further changes stand on the next page.", "lede");
        if (paper.Bands.Count > 0)
        {
            body.Element("h2", "Policies and premium by size of change");
            Bands(body, paper.Bands);
        }
        body.Element("h2", "Gates");
        Gates(body, paper.Gates.Select(gate => (gate.Gate, gate.Verdict, First(gate.Finding))));
        if (paper.OpenPoints.Count > 0)
        {
            body.Element("h2", "Open points").Raw("<ul>");
            foreach (var point in paper.OpenPoints)
                body.Element("li", point);
            body.Raw("</ul>");
        }
        body.Raw("</section>");
    }

    static void Details(HtmlText body, CommitteePaper paper)
    {
        if (paper.Changes.Count > ChangesOnCover)
            Changes(body.Element("h2", "All changes"), paper.Changes);
        Section(
            body,
            "Expected premium, volume, loss ratio and profit",
            ["", "before", "after", "difference (95 % interval)"],
            paper.Money
        );
        if (paper.Losers.Count + paper.Gainers.Count > 0)
        {
            body.Raw("<div class=\"pair\"><div>");
            Section(body, "Who pays more", ["segment", "policies", "premium"], paper.Losers);
            body.Raw("</div><div>");
            Section(body, "Who pays less", ["segment", "policies", "premium"], paper.Gainers);
            body.Raw("</div></div>");
        }
        Section(
            body,
            "Actual over expected by segment",
            ["segment", "actual", "expected", "ratio (interval)"],
            paper.ActualExpected
        );
        Section(body, "Evidence as a shadow", ["", ""], paper.Shadow);
        Gates(body.Element("h2", "Gates in full"), paper.Gates);
        Section(body, "Waivers", ["gate", "by", "until", "why"], paper.Waivers);
        Section(body, "Approvals", ["who", "role", "when", "why"], paper.Approvals);
        Section(body, "Rating tables edited by hand", ["table", "edit"], paper.Edits);
        Section(body, "Lineage", ["part", "version", "hash", "origin"], paper.Lineage);
        body.Element("h2", "What the figures rest on").Raw("<ul>");
        foreach (var note in paper.Notes)
            body.Element("li", note);
        body.Raw("</ul>");
    }

    static void Section(HtmlText body, string title, IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count > 0)
            body.Element("h2", title).Table(head, rows);
    }

    static void Changes(HtmlText body, IEnumerable<(string Part, string What)> changes)
    {
        body.Raw("<table><tbody>");
        foreach (var (part, what) in changes)
            body.Raw("<tr>").Element("td", part, "part").Element("td", what).Raw("</tr>");
        body.Raw("</tbody></table>");
    }

    static void Bands(
        HtmlText body,
        IReadOnlyList<(string Band, string Policies, string Before, string After, double Share)> bands
    )
    {
        body.Raw("<table><thead><tr>");
        foreach (
            var (name, isNumber) in new[]
            {
                ("change", false),
                ("policies", true),
                ("premium before", true),
                ("after", true),
                ("share of policies", false),
            }
        )
            body.Element("th", name, isNumber ? "number" : null);
        body.Raw("</tr></thead><tbody>");
        foreach (var (band, policies, before, after, share) in bands)
        {
            body.Raw("<tr>").Element("td", band);
            foreach (var number in new[] { policies, before, after })
                body.Element("td", number, "number");
            body.Raw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<td class=\"bars\"><span class=\"bar\" style=\"width:{80 * share:0.#}%\"></span> {100 * share:0.#} %</td></tr>"
                )
            );
        }
        body.Raw("</tbody></table>");
    }

    static void Gates(HtmlText body, IEnumerable<(string Gate, string Verdict, string Finding)> gates)
    {
        body.Raw("<table><tbody>");
        foreach (var (gate, verdict, finding) in gates)
        {
            var css = verdict switch
            {
                "pass" => "pass",
                "FAIL" => "fail",
                _ => "told",
            };
            body.Raw("<tr>").Element("td", gate, "part").Element("td", verdict, css).Element("td", finding).Raw("</tr>");
        }
        body.Raw("</tbody></table>");
    }

    /// <summary>The first sentence: a full stop with a space and a capital letter behind it ends one.</summary>
    static string First(string text)
    {
        for (var i = 1; i + 2 < text.Length; i++)
        {
            if (text[i] == '.' && text[i + 1] == ' ' && char.IsUpper(text[i + 2]))
                return text[..(i + 1)];
        }
        return text;
    }
}
