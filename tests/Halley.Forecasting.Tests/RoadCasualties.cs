namespace Halley.Forecasting.Tests;

/// <summary>Drivers killed or seriously injured in Great Britain, by month.</summary>
static class RoadCasualties
{
    /// <summary>Logarithms of the first 180 months.</summary>
    public static double[] LogDrivers()
    {
        var lines = File.ReadAllLines(SharedData.Path("data/timeseries/uk_road_casualties_monthly.csv"));
        var column = Array.IndexOf(lines[0].Split(','), "drivers");
        return [.. lines.Skip(1).Take(180).Select(line => Math.Log(double.Parse(line.Split(',')[column])))];
    }
}
