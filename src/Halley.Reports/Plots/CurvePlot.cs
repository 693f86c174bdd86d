using ScottPlot;

namespace Halley.Reports;

/// <summary>A named curve.</summary>
/// <param name="X">Shape (points), rising.</param>
/// <param name="Y">Shape (points).</param>
public sealed record Curve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>Curves over a number, such as Lorenz curves and calibration, beside the diagonal.</summary>
public sealed record CurvePlot
{
    public required string Title { get; init; }

    public required string Horizontal { get; init; }

    public required string Vertical { get; init; }

    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>Name of the diagonal; null for none.</summary>
    public string? Diagonal { get; init; }

    /// <summary>Whether points are marked, for curves of few points.</summary>
    public bool Marked { get; init; }

    public Picture Draw()
    {
        lock (Canvas.Gate)
        {
            var plot = Canvas.New(Title, Horizontal, Vertical);
            var reach = Curves.SelectMany(curve => curve.X.Concat(curve.Y)).Where(double.IsFinite).DefaultIfEmpty(1).Max();
            if (Diagonal is not null)
            {
                var line = plot.Add.Line(0, 0, reach, reach);
                (line.Color, line.LineWidth, line.LegendText, line.MarkerSize) = (Ink.Soft, 1, Diagonal, 0);
            }
            for (var i = 0; i < Curves.Count; i++)
            {
                var scatter = plot.Add.Scatter(Curves[i].X.ToArray(), Curves[i].Y.ToArray(), Ink.Models[i % Ink.Models.Count]);
                (scatter.LineWidth, scatter.MarkerSize, scatter.LegendText) = (2, Marked ? 7 : 0, Curves[i].Name);
            }
            plot.Axes.SetLimits(0, reach * 1.01, 0, reach * 1.01);
            plot.ShowLegend(Edge.Top);
            return new(plot, Title, $"{Title}: {string.Join(" and ", Curves.Select(curve => curve.Name))}.");
        }
    }
}
