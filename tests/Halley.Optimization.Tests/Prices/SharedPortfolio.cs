using System.Globalization;
using System.IO.Compression;

namespace Halley.Optimization.Tests;

/// <summary>An instance of the shared folder, with the best plan and bound known for it.</summary>
sealed record SharedPortfolio(PriceProblem Problem, double Bound, double BestValue, double BestBound)
{
    public static SharedPortfolio Read(string name)
    {
        double[] answers = [];
        foreach (var line in File.ReadLines(SharedData.Path("oracles/pricing/answers.csv")).Skip(1))
        {
            var cells = line.Split(',');
            if (cells[0] == name)
                answers = [.. cells.Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out var one) ? one : 0)];
        }
        var (policies, options) = ((int)answers[2], (int)answers[3]);
        ushort[] classes = [.. Rows($"{name}_policies").Select(row => (ushort)row[1])];
        var cellsOf = Rows($"{name}_options").ToArray();
        var menus = PriceMenus.Fill(
            policies,
            options,
            ["profit", "kept", "change", "loss"],
            classes,
            (policy, menu) =>
            {
                for (var option = 0; option < options; option++)
                    cellsOf[policy * options + option].AsSpan(2, 4).CopyTo(menu[(4 * option)..]);
            }
        );
        PortfolioLimit[] limits =
        [
            PortfolioLimit.On("keep", menus, 1, answers[4], _ => true, -1),
            PortfolioLimit.On("change", menus, 2, answers[5], _ => true),
            PortfolioLimit.On("loss", menus, 3, answers[6], _ => true),
            PortfolioLimit.On("keep_young", menus, 1, answers[7], one => one == 1, -1),
            PortfolioLimit.On("change_old", menus, 2, answers[8], one => one == 2),
        ];
        return new(new(menus, limits), answers[9], answers[10], answers[11]);
    }

    static IEnumerable<double[]> Rows(string file)
    {
        using var stream = File.OpenRead(SharedData.Path($"oracles/pricing/{file}.csv.gz"));
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
    }
}
