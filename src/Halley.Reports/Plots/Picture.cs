using System.Globalization;
using ScottPlot;

namespace Halley.Reports;

/// <summary>A finished plot.</summary>
public sealed class Picture
{
    readonly Plot plot;

    internal Picture(Plot plot, string title, string description) => (this.plot, Title, Description) = (plot, title, description);

    public string Title { get; }

    /// <summary>What it shows, in a sentence, for those who can't see it.</summary>
    public string Description { get; }

    /// <summary>A self-contained SVG element that scales with the page.</summary>
    public string ToSvg(int width = 760, int height = 400)
    {
        string xml;
        lock (Canvas.Gate)
            xml = plot.GetSvgXml(width, height);
        var start = xml.IndexOf("<svg", StringComparison.Ordinal);
        var end = xml.IndexOf('>', start);
        var box = string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" class=\"plot\">"
        );
        return $"{box}<title>{System.Net.WebUtility.HtmlEncode(Description)}</title>{xml[(end + 1)..].Trim()}";
    }

    /// <summary>A PNG image, at twice the size in pixels, so that it stays sharp.</summary>
    public byte[] ToPng(int width = 760, int height = 400)
    {
        lock (Canvas.Gate)
        {
            plot.ScaleFactor = 2;
            var bytes = plot.GetImageBytes(width * 2, height * 2, ImageFormat.Png);
            plot.ScaleFactor = 1;
            return bytes;
        }
    }
}
