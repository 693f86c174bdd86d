namespace Halley.Reports.Tests;

public sealed class CommitteePageTests
{
    static readonly CommitteePaper Paper = new()
    {
        Title = "motor-quote@2 for production",
        Lede = "Asked by ann: as champion <now>.",
        Simulated = true,
        Verdict = "1 of 2 gates stand against it: dislocation.",
        IsReady = false,
        Headlines = [("premium asked", "+2.0 %", "10,000 to 10,200")],
        Changes = [.. Enumerable.Range(1, 8).Select(i => ($"step s{i}", $"a{i} becomes b{i}."))],
        Bands = [("−1 % to +1 %", "45", "4,500", "4,500", 0.45)],
        Money =
        [
            ["premium asked", "10,000", "10,200", "+200 (+120 to +280)"],
        ],
        Losers =
        [
            ["region = south", "50", "+7.0 %"],
        ],
        Gainers = [],
        ActualExpected =
        [
            ["whole portfolio", "101", "100", "1.010 (0.950 to 1.070)"],
        ],
        Shadow = [],
        Gates =
        [
            ("dislocation", "FAIL", "Half of the policies move. Look at the policies that move most."),
            ("artefacts", "pass", "All is there."),
        ],
        Waivers = [],
        OpenPoints = ["It was no shadow before."],
        Lineage =
        [
            ["release", "motor-quote@2", "abc", "made by ann"],
        ],
        Approvals =
        [
            ["bert (identity: unverified)", "–", "2026-03-01 10:00 UTC", "read"],
        ],
        Notes = ["Gate dislocation: book.csv."],
    };

    [Fact]
    public void The_page_holds_every_part_once_encodes_what_people_wrote_and_fetches_nothing()
    {
        var page = CommitteePage.Write(Paper);
        Assert.Contains("as champion &lt;now&gt;.", page, StringComparison.Ordinal);
        foreach (
            var part in new[]
            {
                "What changes",
                "All changes",
                "Policies and premium by size of change",
                "Open points",
                "Who pays more",
                "Lineage",
                "Approvals",
                "Gates in full",
            }
        )
            Assert.Contains($"<h2>{part}</h2>", page, StringComparison.Ordinal);
        // Nothing is said of what there is not.
        foreach (var part in new[] { "Who pays less", "Evidence as a shadow", "Waivers" })
            Assert.DoesNotContain($"<h2>{part}</h2>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("Every figure on this page rests on generated data.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_page_tells_findings_in_a_sentence_and_the_full_table_what_would_help()
    {
        var page = CommitteePage.Write(Paper);
        var cover = page[..page.IndexOf("</section>", StringComparison.Ordinal)];
        Assert.Contains("<td>Half of the policies move.</td>", cover, StringComparison.Ordinal);
        Assert.DoesNotContain("Look at the policies that move most", cover, StringComparison.Ordinal);
        Assert.Contains("2 further changes stand on the next page.", cover, StringComparison.Ordinal);
        Assert.Contains("Look at the policies that move most", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_paper_gives_the_same_bytes() =>
        Assert.Equal(CommitteePage.Write(Paper), CommitteePage.Write(Paper with { }));
}
