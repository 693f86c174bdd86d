using System.IO.Compression;
using System.Text.Json;

namespace Halley.Forecasting.Tests;

/// <summary>Cases that peers computed, and the series they are about.</summary>
static class Oracle
{
    static readonly Lock Gate = new();
    static readonly Dictionary<string, JsonElement> Files = [];
    static Dictionary<string, TimeSeries>? known;

    public static JsonElement Read(string name)
    {
        var path = SharedData.Path($"oracles/forecast/{name}.json.gz");
        lock (Gate)
        {
            if (!Files.TryGetValue(name, out var file))
            {
                using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
                using var document = JsonDocument.Parse(stream);
                Files[name] = file = document.RootElement.Clone();
            }
            return file;
        }
    }

    public static IEnumerable<JsonElement> Cases(string name) => Read(name).EnumerateArray();

    /// <summary>The learning part of a series of the oracles, made ones included.</summary>
    public static TimeSeries Series(JsonElement oracle) => Series(oracle.Text("series"));

    public static TimeSeries Series(string id)
    {
        var path = SharedData.Path("oracles/forecast/series.csv.gz");
        lock (Gate)
            return (known ??= ReadSeries(path))[id];
    }

    static Dictionary<string, TimeSeries> ReadSeries(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        var (values, seasons) = (new Dictionary<string, List<double>>(), new Dictionary<string, int>());
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells[5] != "train")
                continue;
            if (!values.TryGetValue(cells[0], out var list))
                values[cells[0]] = list = [];
            list.Add(double.Parse(cells[7]));
            seasons[cells[0]] = int.Parse(cells[3]);
        }
        return values.ToDictionary(
            pair => pair.Key,
            pair => new TimeSeries
            {
                Id = pair.Key,
                Values = [.. pair.Value],
                Seasons = seasons[pair.Key] > 1 ? [seasons[pair.Key]] : [],
            }
        );
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double NumberOr(this JsonElement element, string name, double missing) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : missing;

    /// <summary>Numbers; null is NaN.</summary>
    public static double[] Numbers(this JsonElement element, string name) => Numbers(element.GetProperty(name));

    public static double[] Numbers(this JsonElement element) =>
        [.. element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN)];

    public static bool Has(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>|a − b| ≤ tolerance·max(|a|, scale); missing values match missing ones.</summary>
    public static void Near(double expected, double actual, double tolerance, string what, double scale = 0)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual))
            return;
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), scale),
            $"{what}: expected {expected:R}, got {actual:R}."
        );
    }

    public static void Near(double[] expected, double[] actual, double tolerance, string what, double scale = 0)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, got {actual.Length}.");
        for (var i = 0; i < expected.Length; i++)
            Near(expected[i], actual[i], tolerance, $"{what}[{i}]", scale);
    }
}
