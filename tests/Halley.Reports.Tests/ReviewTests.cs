namespace Halley.Reports.Tests;

/// <summary>A review as Markdown and as a page: texts of the data stay texts.</summary>
public class ReviewTests
{
    static readonly ReviewPaper Paper = new()
    {
        Title = "quote@2 against quote@1",
        Lede = "Every gate of dev lets it pass.",
        Simulated = true,
        Sections =
        [
            new(
                "Gates of dev",
                ["gate", "finding"],
                [
                    ["artefacts", "a | b"],
                    ["schema", "<img src=x> @team [link](x)\nnext"],
                ]
            ),
            new("Dislocation", ["change"], [], "There is no champion to compare with."),
        ],
    };

    [Fact]
    public void Markdown_has_a_table_a_section_and_no_markup_of_the_data() =>
        Assert.Equal(
            """
            ## quote\@2 against quote\@1

            Every gate of dev lets it pass.

            **simulated**: every figure here rests on generated data.

            ### Gates of dev

            | gate | finding |
            | --- | --- |
            | artefacts | a \| b |
            | schema | &lt;img src=x> \@team \[link\]\(x\) next |

            ### Dislocation

            There is no champion to compare with.

            """,
            ReviewMarkdown.Write(Paper)
        );

    [Fact]
    public void The_page_encodes_and_says_that_figures_are_simulated()
    {
        var page = ReviewPage.Write(Paper);
        Assert.Contains("<h2>Gates of dev</h2>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x&gt;", page, StringComparison.Ordinal);
        Assert.Contains("generated data", page, StringComparison.Ordinal);
        Assert.Equal(page, ReviewPage.Write(Paper));
    }
}
