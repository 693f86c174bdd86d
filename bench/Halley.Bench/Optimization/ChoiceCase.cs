using System.Globalization;
using Halley.Optimization;

namespace Halley.Bench;

/// <summary>A public instance with the best value known for it.</summary>
/// <param name="HasToBeProven">Whether its optimum has to be proven within the time.</param>
sealed record ChoiceCase(string Name, double Best, bool IsCost, bool HasToBeProven, Func<ChoiceProblem> Problem)
{
    static readonly string[] Sac94 = ["weing", "weish", "pb", "pet", "hp", "sento"];

    static readonly string[] ProvenOffers = ["I01", "I03", "I05"];

    public double Excess(double value) => IsCost ? value / Best - 1 : 1 - value / Best;

    public static IEnumerable<ChoiceCase> All()
    {
        foreach (var row in Rows("mckp"))
            yield return new(
                row[0],
                Number(row[4]),
                false,
                true,
                () => ChoiceFiles.Mckp(PathOf("mckp", row[0], "csv"), Number(row[3]))
            );
        foreach (var row in Rows("gap"))
            yield return new(
                row[0],
                Number(row[4]),
                true,
                row[0].StartsWith("gap1-", StringComparison.Ordinal),
                () => ChoiceFiles.Gap(PathOf("gap", row[0], "txt"))
            );
        foreach (var row in Rows("mkp"))
            yield return new(
                row[0],
                Number(row[3]),
                false,
                Sac94.Any(family => row[0].StartsWith(family, StringComparison.Ordinal)),
                () => ChoiceFiles.Mkp(PathOf("mkp", row[0], "txt"))
            );
        foreach (var row in Rows("mmkp"))
            yield return new(
                row[0],
                Number(row[4] == "" ? row[6] : row[4]),
                false,
                ProvenOffers.Contains(row[0]),
                () => ChoiceFiles.Mmkp(PathOf("mmkp", row[0], "txt"))
            );
    }

    static IEnumerable<string[]> Rows(string family) =>
        File.ReadLines(Shared.Path($"data/optimisation/{family}/optima.csv")).Skip(1).Select(line => line.Split(','));

    static string PathOf(string family, string name, string extension) =>
        Shared.Path($"data/optimisation/{family}/{name}.{extension}");

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
