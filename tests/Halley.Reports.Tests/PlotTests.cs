using System.Xml.Linq;

namespace Halley.Reports.Tests;

public class PlotTests
{
    static LevelPlot Plot { get; } =
        new()
        {
            Title = "Claims a year by age",
            Horizontal = "age",
            Vertical = "claims a year",
            Levels = ["<21", "[21,25)", ">=25"],
            Exposure = [100, 300, 900],
            Series =
            [
                new("observed", [0.2, 0.15, double.NaN], [0.1, 0.12, 0.05], [0.3, 0.18, 0.09], IsActual: true),
                new("model", [0.19, 0.16, 0.08]),
            ],
            Reference = 0.1,
        };

    [Fact]
    public void A_plot_is_a_whole_svg_that_says_what_it_shows()
    {
        var svg = XElement.Parse(Plot.Draw().ToSvg());
        Assert.Equal(
            "Claims a year by age: observed and model by age, 3 levels.",
            svg.Elements().First(element => element.Name.LocalName == "title").Value
        );
        Assert.True(svg.Descendants().Count(element => element.Name.LocalName == "rect") >= 3, "no bars of exposure");
    }

    [Fact]
    public void Text_is_drawn_without_any_font_of_the_system()
    {
        var texts = XElement.Parse(Plot.Draw().ToSvg()).Descendants().Where(element => element.Name.LocalName == "text").ToList();
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.Equal("Inter", (string?)text.Attribute("font-family")));
    }

    [Fact]
    public void A_png_has_twice_the_size_in_pixels()
    {
        var png = Plot.Draw().ToPng(400, 200);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(800, png[18] << 8 | png[19]);
        Assert.Equal(400, png[22] << 8 | png[23]);
    }

    [Fact]
    public void The_same_plot_gives_the_same_svg() => Assert.Equal(Plot.Draw().ToSvg(), Plot.Draw().ToSvg());
}
