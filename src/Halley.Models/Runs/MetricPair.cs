namespace Halley.Models;

/// <summary>One figure of two runs on the same part of the data.</summary>
public sealed record MetricPair(DataPart Part, string Name, double First, double Second)
{
    public double Change => Second - First;
}
