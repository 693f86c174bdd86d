using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Halley.Reports;

/// <summary>A finished plot.</summary>
public sealed partial class Picture
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
        xml = WithOwnNames(xml);
        var start = xml.IndexOf("<svg", StringComparison.Ordinal);
        var end = xml.IndexOf('>', start);
        var box = string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" class=\"plot\">"
        );
        return $"{box}<title>{System.Net.WebUtility.HtmlEncode(Description)}</title>{xml[(end + 1)..].Trim()}";
    }

    /// <summary>
    /// The drawing library numbers clip paths over the whole process. Named by the picture's content they are the same in every run, and
    /// differ between the pictures of a page.
    /// </summary>
    string WithOwnNames(string xml)
    {
        var prefix = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Title + "\n" + Description)))[..8];
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return ClipName()
            .Replace(
                xml,
                match => names.TryGetValue(match.Value, out var known) ? known : names[match.Value] = $"c{prefix}{names.Count}"
            );
    }

    [GeneratedRegex("cl_[0-9a-f]+")]
    private static partial Regex ClipName();

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
