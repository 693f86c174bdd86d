namespace Halley.Reports;

/// <summary>The frame of a self-contained page: nothing is fetched from outside, also not the font.</summary>
static class ReportPage
{
    const string Style = """
        :root{--ink:#1c2733;--soft:#5b6875;--line:#dfe4e9;--accent:#0f766e}
        *{box-sizing:border-box}
        body{margin:0;background:#f4f6f8;color:var(--ink);font:400 15px/1.55 Inter,system-ui,sans-serif;font-feature-settings:"tnum"}
        main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem 4rem;background:#fff}
        h1{margin:0;font-size:1.6rem;font-weight:600}h2{margin:2.5rem 0 .5rem;font-size:1.15rem;font-weight:600;border-bottom:1px solid var(--line);padding-bottom:.3rem}
        h3{margin:1.5rem 0 .3rem;font-size:1rem;font-weight:600}
        p.lede{margin:.3rem 0 1rem;color:var(--soft)}
        .badge{display:inline-block;padding:.05rem .6rem;border-radius:1rem;background:#fdf0d8;color:#9a5b00;font-size:.85rem;font-weight:600}
        table{width:100%;border-collapse:collapse;margin:.75rem 0}th{text-align:left;color:var(--soft);font-size:.85rem;font-weight:600}
        th,td{padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}td.number,th.number{text-align:right}
        svg.plot{display:block;width:100%;height:auto;margin:.5rem 0 1rem}
        nav{columns:3;margin:1rem 0;font-size:.9rem}nav a{display:block;color:var(--accent);text-decoration:none}
        details summary{cursor:pointer;color:var(--accent)}
        @media print{body{background:#fff}h2{break-after:avoid}svg.plot{break-inside:avoid}}
        """;

    /// <summary>The whole page.</summary>
    /// <param name="simulated">Whether figures rest on generated data; the page then says so at its top.</param>
    public static string Of(string title, string lede, bool simulated, HtmlText body)
    {
        var head = new HtmlText()
            .Raw(
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
            )
            .Element("title", title)
            .Raw($"<style>{Font("Regular", 400)}{Font("SemiBold", 600)}{Style}</style></head><body><main>")
            .Element("h1", title)
            .Element("p", lede, "lede");
        if (simulated)
            head.Element("span", "simulated", "badge").Raw(" Every figure on this page rests on generated data.");
        return head + body.ToString() + "</main></body></html>\n";
    }

    static string Font(string file, int weight) =>
        $"@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{Convert.ToBase64String(EmbeddedFont.Bytes($"Inter-{file}.woff2"))}) format('woff2')}}";
}
