using System.Globalization;

namespace Halley.Models;

/// <summary>Targets that are classes: which there are, and their numbers.</summary>
static class ClassTargets
{
    /// <summary>As many as probabilities of a row are worth their place.</summary>
    public const int Most = 1000;

    public static BoostingLearner? LearnerOf(ModelSpec spec) =>
        spec.Learner is BoostingLearner { IsMulticlass: true } learner ? learner : null;

    /// <summary>The spec with the classes that rows hold, where it does not name them.</summary>
    /// <param name="rows">Rows to learn on.</param>
    /// <exception cref="HalleyException">HLY3410: the target is no column of the data; HLY3408: there are too few or too many classes.</exception>
    public static ModelSpec Filled(ModelSpec spec, Func<Table> rows)
    {
        if (LearnerOf(spec) is not { Classes: null } learner)
            return spec;
        var table = rows();
        var column =
            table.Find(spec.Target)
            ?? throw new HalleyException(
                "HLY3410",
                $"target '{spec.Target}' of model '{spec.Name}' is a derived feature; classes are values of a column of the data. Name such a column."
            );
        var names = Enumerable.Range(0, column.RowCount).Select(column.TextAt).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (names.Count is < 2 or > Most)
            throw new HalleyException(
                "HLY3408",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"target '{spec.Target}' of model '{spec.Name}' has {names.Count} different values among the learn rows; classes are 2 to {Most}. Check the column and the filter."
                )
            );
        return spec with { Learner = (learner with { Classes = Ordered(names) }).ToldBy(spec) };
    }

    /// <summary>The number of each row's class, NaN where it is missing or none of them. Shape (n).</summary>
    public static double[] CodesOf(Column column, IReadOnlyList<string> classes)
    {
        var (levels, codes) = (new LevelList(classes), new double[column.RowCount]);
        for (var row = 0; row < codes.Length; row++)
            codes[row] = column.TextAt(row) is { } text && levels.CodeOf(text) is var code and >= 0 ? code : double.NaN;
        return codes;
    }

    /// <summary>By size where all are numbers, else by letter.</summary>
    static string[] Ordered(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToArray();
        var numbers = Array.ConvertAll(
            all,
            name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN
        );
        if (!numbers.Any(double.IsNaN))
            Array.Sort(numbers, all);
        return all;
    }
}
