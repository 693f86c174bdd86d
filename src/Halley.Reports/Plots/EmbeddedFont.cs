using ScottPlot;
using SkiaSharp;

namespace Halley.Reports;

/// <summary>Inter, from inside this assembly: a machine without any font draws the same plot.</summary>
sealed class EmbeddedFont : IFontResolver
{
    public const string Family = "Inter";

    readonly SKTypeface regular = Load("Inter-Regular.ttf");
    readonly SKTypeface semiBold = Load("Inter-SemiBold.ttf");

    /// <summary>The content of a font file of this assembly.</summary>
    public static byte[] Bytes(string file)
    {
        using var stream = Open(file);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? Of(weight >= FontWeight.SemiBold) : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? Of(bold) : null;

    SKTypeface Of(bool bold) => bold ? semiBold : regular;

    static SKTypeface Load(string file)
    {
        using var stream = Open(file);
        return SKTypeface.FromStream(stream);
    }

    static Stream Open(string file) =>
        typeof(EmbeddedFont).Assembly.GetManifestResourceStream($"fonts/{file}")
        ?? throw new InvalidOperationException($"the font '{file}' is not inside the assembly.");
}
