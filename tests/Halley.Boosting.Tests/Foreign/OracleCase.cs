using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>A folder of a library's model with its own answers.</summary>
sealed class OracleCase
{
    readonly string folder;

    internal OracleCase(string name)
    {
        folder = SharedData.Path("oracles/models/" + name);
        Case = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;
    }

    internal JsonElement Case { get; }

    internal string PathOf(string file) =>
        File.Exists(Path.Combine(folder, file)) ? Path.Combine(folder, file) : Path.Combine(folder, file + ".gz");

    internal bool Has(string file) => File.Exists(PathOf(file));

    internal int? Iterations => Case.TryGetProperty("iterations_used", out var used) ? used.GetInt32() : Best;

    int? Best => Case.TryGetProperty("best_iteration", out var best) ? best.GetInt32() : null;

    internal string Library => Case.GetProperty("library").GetString()!;

    /// <summary>Levels of the categories that the case states, or that its input holds.</summary>
    internal Dictionary<string, LevelList> Levels()
    {
        var cells = Rows("input.csv");
        var levels = new Dictionary<string, LevelList>();
        foreach (var feature in Case.GetProperty("features").EnumerateArray())
        {
            if (feature.GetProperty("kind").GetString() != "category")
                continue;
            var name = feature.GetProperty("name").GetString()!;
            var column = Array.IndexOf(cells[0], name);
            levels[name] = feature.TryGetProperty("levels", out var stated)
                ? new(stated.EnumerateArray().Select(level => level.ToString()))
                : new(cells.Skip(1).Select(row => row[column]).Where(cell => cell != "").Distinct());
        }
        return levels;
    }

    /// <summary>The rows of input.csv as slots of a scorer.</summary>
    internal SlotBlock Inputs(IScorer scorer, string file = "input.csv")
    {
        var cells = Rows(file);
        var block = new SlotBlock(scorer.Inputs.Count, cells.Count - 1);
        for (var input = 0; input < scorer.Inputs.Count; input++)
        {
            var column = Array.IndexOf(cells[0], scorer.Inputs[input].Name);
            for (var row = 0; row < block.RowCount; row++)
                block[input][row] = ValueOf(cells[row + 1][column], scorer.Inputs[input].Levels);
        }
        return block;
    }

    internal static double ValueOf(string cell, LevelList? levels)
    {
        if (cell == "")
            return double.NaN;
        if (levels is not null && levels.CodeOf(cell) is >= 0 and var code)
            return code;
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }

    /// <summary>Numbers of a table with a header, shape (rows, columns).</summary>
    internal double[][] Numbers(string file) =>
        [.. Rows(file).Skip(1).Select(row => row.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

    internal IReadOnlyList<string[]> Rows(string file)
    {
        using var stream = File.OpenRead(PathOf(file));
        using var reader = new StreamReader(
            PathOf(file).EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream
        );
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
            rows.Add(Cells(line));
        return rows;
    }

    static string[] Cells(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[i++]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(line[i]);
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }
}
