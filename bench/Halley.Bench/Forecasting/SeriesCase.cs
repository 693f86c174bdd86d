using System.Globalization;
using System.IO.Compression;
using Halley.Forecasting;

namespace Halley.Bench;

/// <summary>A public set of series with the published split.</summary>
sealed record SeriesCase(TimeSeries Past, double[] Actual, string Group)
{
    /// <summary>Reads a set of the shared folder, whose series files hold <c>series_id,t,set,value</c>.</summary>
    public static IReadOnlyList<SeriesCase> Read(string name)
    {
        var values = new Dictionary<string, (List<double> Train, List<double> Test)>();
        foreach (var cells in Lines($"data/timeseries/{name}.csv.gz"))
        {
            if (!values.TryGetValue(cells[0], out var lists))
                values[cells[0]] = lists = ([], []);
            (cells[2] == "train" ? lists.Train : lists.Test).Add(double.Parse(cells[3], CultureInfo.InvariantCulture));
        }
        var groups =
            name == "m4_hourly"
                ? values.Keys.Select(id => (Id: id, Group: "hourly", Seasons: (int[])[24, 168]))
                : Lines($"data/timeseries/{name}_index.csv.gz")
                    .Select(cells => (Id: cells[0], Group: cells[1], Seasons: Seasons(cells[2])));
        return
        [
            .. groups.Select(one => new SeriesCase(
                new()
                {
                    Id = one.Id,
                    Values = [.. values[one.Id].Train],
                    Seasons = one.Seasons,
                },
                [.. values[one.Id].Test],
                one.Group
            )),
        ];
    }

    static int[] Seasons(string length) => int.Parse(length, CultureInfo.InvariantCulture) is > 1 and var season ? [season] : [];

    static IEnumerable<string[]> Lines(string relative)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Shared.Path(relative)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(',');
    }
}
