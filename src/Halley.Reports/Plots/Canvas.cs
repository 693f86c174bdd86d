using ScottPlot;
using ScottPlot.TickGenerators;

namespace Halley.Reports;

/// <summary>An empty plot in Halley's look.</summary>
static class Canvas
{
    /// <summary>Held while drawing: the drawing library shares its fonts between plots.</summary>
    public static Lock Gate { get; } = new();

    static readonly EmbeddedFont Font = Install();

    public static Plot New(string title, string horizontal, string vertical)
    {
        GC.KeepAlive(Font);
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Font.Set(EmbeddedFont.Family);
        plot.Axes.Color(Ink.Soft);
        plot.Title(title, 15);
        plot.Axes.Title.Label.ForeColor = Ink.Text;
        plot.Axes.Title.Label.Bold = true;
        plot.XLabel(horizontal, 12);
        plot.YLabel(vertical, 12);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Grid.MajorLineColor = Ink.Grid;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.8);
        plot.Legend.FontSize = 12;
        plot.Legend.FontName = EmbeddedFont.Family;
        return plot;
    }

    /// <summary>Names under places 0, 1, …; turned where they would touch.</summary>
    public static void NameBottom(Plot plot, IReadOnlyList<string> names)
    {
        // Beyond this many, every second, third … is named, so that each can be read.
        const int Room = 40;
        var every = (names.Count + Room - 1) / Room;
        var shown = Enumerable.Range(0, names.Count).Where(i => i % every == 0).ToArray();
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. shown.Select(i => (double)i)], [.. shown.Select(i => names[i])]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        var longest = names.Count == 0 ? 0 : names.Max(name => name.Length);
        if (shown.Length * longest > 90)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.MinimumSize = 24 + Math.Min(longest, 24) * 4.6f;
        }
    }

    /// <summary>Grey bars of exposure on the right axis, behind everything else and no higher than a third of the plot.</summary>
    public static void AddExposure(Plot plot, IReadOnlyList<double> exposure, string unit)
    {
        var bars = plot.Add.Bars(
            exposure
                .Select(
                    (value, place) =>
                        new Bar
                        {
                            Position = place,
                            Value = value,
                            FillColor = Ink.Exposure,
                            LineWidth = 0,
                            Size = 0.8,
                        }
                )
                .ToList()
        );
        bars.Axes.YAxis = plot.Axes.Right;
        bars.LegendText = $"exposure ({unit})";
        plot.Axes.Right.Label.Text = "";
        plot.Axes.Right.TickLabelStyle.ForeColor = Ink.Soft;
        plot.Axes.SetLimitsY(0, Math.Max(exposure.DefaultIfEmpty(0).Max(), 1e-12) * 3, plot.Axes.Right);
    }

    static EmbeddedFont Install()
    {
        var font = new EmbeddedFont();
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = EmbeddedFont.Family;
        return font;
    }
}
