using ScottPlot;

namespace Halley.Reports;

/// <summary>The colours of every plot and page. Readable in grey print: actual is darkest, exposure lightest.</summary>
static class Ink
{
    public static Color Text { get; } = Color.FromHex("#1c2733");
    public static Color Soft { get; } = Color.FromHex("#5b6875");
    public static Color Limit { get; } = Color.FromHex("#b3bdc7");
    public static Color Grid { get; } = Color.FromHex("#e9edf1");
    public static Color Exposure { get; } = Color.FromHex("#dbe1e8");
    public static Color Actual { get; } = Color.FromHex("#1c2733");

    /// <summary>Models in the order in which they are compared.</summary>
    public static IReadOnlyList<Color> Models { get; } =
    [Color.FromHex("#0f766e"), Color.FromHex("#c2410c"), Color.FromHex("#6d4aa8"), Color.FromHex("#2563a8")];
}
