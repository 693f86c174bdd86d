using System.IO.Compression;

namespace Halley.Forecasting.Tests;

/// <summary>Hourly series of the fourth Makridakis competition.</summary>
static class Hourly
{
    /// <summary>The learning part of a series named <c>m4_hourly:ID</c>.</summary>
    public static TimeSeries Series(string name)
    {
        var id = name.Split(':')[1];
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.Path("data/timeseries/m4_hourly.csv.gz")), CompressionMode.Decompress)
        );
        var values = new List<double>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells[0] == id && cells[2] == "train")
                values.Add(double.Parse(cells[3]));
        }
        return new()
        {
            Id = name,
            Values = [.. values],
            Seasons = [24, 168],
        };
    }
}
