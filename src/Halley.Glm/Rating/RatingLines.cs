using System.Globalization;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Reads a rating table from lines that are not trusted; all problems are told at once, by line (from 1, the header not counted).</summary>
sealed class RatingLines(Table lines, Func<string, FieldKind> kindOf, Func<int, string>? placeOf)
{
    readonly List<string> problems = [];

    /// <summary>Levels of each category in the order in which the lines first name them: the same for every factor that reads it.</summary>
    readonly Dictionary<string, List<string>> orders = new(StringComparer.Ordinal);

    internal RatingTable Read()
    {
        var values = Enumerable.Range(0, lines.RowCount).Select(CoefficientOf).ToArray();
        Stop();
        var groups = Enumerable.Range(0, lines.RowCount).ToLookup(row => lines["factor"].TextAt(row) ?? "");
        int[] bases = [.. groups[RatingTable.BaseFactor]];
        if (bases.Length != 1)
            problems.Add($"{bases.Length} lines have the factor '{RatingTable.BaseFactor}', and one holds the base value");
        var factors = groups
            .Where(group => group.Key != RatingTable.BaseFactor)
            .Select(group => FactorOf(group.Key, [.. group], values))
            .ToList();
        Stop();
        return new(values[bases[0]], factors);
    }

    string Place(int row) => placeOf is null ? string.Create(CultureInfo.InvariantCulture, $"line {row + 1}") : placeOf(row);

    double CoefficientOf(int row)
    {
        var relativity = lines.Numeric("relativity").Values[row];
        if (!(relativity > 0) || !double.IsFinite(relativity))
            problems.Add(
                $"{Place(row)}: relativity {(double.IsNaN(relativity) ? "is missing" : InvariantText.Of(relativity))}, where a number above 0 is needed"
            );
        var exact = lines.Has("coefficient") ? lines.Numeric("coefficient").Values[row] : double.NaN;
        return VectorMath.Exp(exact) == relativity ? exact : VectorMath.Log(relativity);
    }

    RatingFactor FactorOf(string name, int[] rows, double[] values)
    {
        var count = 1;
        while (
            lines.Has(RatingTable.Numbered("level", count))
            && lines[RatingTable.Numbered("level", count)].TextAt(rows[0]) is not null
        )
            count++;
        var axes = Enumerable.Range(0, count).Select(axis => AxisOf(name, rows, axis)).ToArray();
        if (problems.Count > 0)
            return new(name, axes, []);
        var expected = axes.Aggregate(1L, (product, axis) => product * Math.Max(axis.Levels.Count, 1));
        if (expected > rows.Length)
        {
            problems.Add($"factor '{name}' has {rows.Length} lines for its {expected} cells");
            return new(name, axes, []);
        }
        var cells = new double[expected];
        Array.Fill(cells, double.NaN);
        var factor = new RatingFactor(name, axes, cells);
        var codesOf = Array.ConvertAll(axes, axis => axis.Levels.Select((level, code) => (level, code)).ToDictionary());
        var codes = new int[count];
        foreach (var row in rows)
        {
            for (var axis = 0; axis < count; axis++)
                codes[axis] = codesOf[axis][Level(row, axis)];
            var cell = factor.CellOf(codes);
            if (!double.IsNaN(cells[cell]))
                problems.Add($"{Place(row)}: factor '{name}' has this level twice");
            cells[cell] = values[row];
        }
        var open = cells.Count(double.IsNaN);
        if (open > 0)
            problems.Add($"factor '{name}' has no line for {open} of its {cells.Length} cells");
        return factor;
    }

    RatingAxis AxisOf(string factor, int[] rows, int axis)
    {
        var place = RatingTable.Numbered("column", axis);
        var column = (lines.Has(place) ? lines[place].TextAt(rows[0]) : null) ?? factor;
        string[] levels = [.. rows.Select(row => Level(row, axis)).Distinct()];
        foreach (var alike in levels.GroupBy(RatingCheck.Folded).Where(group => group.Count() > 1))
            problems.Add(
                $"factor '{factor}': levels {string.Join(" and ", alike.Select(level => $"'{level}'"))} differ only by case or blanks"
            );
        string[] named = [.. levels.Where(level => level is not (LevelTerm.MissingLevel or RatingAxis.Unknown))];
        var (kind, ordered, numbers) = Ordered(factor, column, named);
        var missing = levels.Contains(LevelTerm.MissingLevel) ? LevelTerm.MissingLevel : null;
        var unknown = levels.Contains(RatingAxis.Unknown) ? RatingAxis.Unknown : null;
        if (unknown is not null && kind is RatingAxisKind.Band or RatingAxisKind.Boolean)
            problems.Add(
                $"factor '{factor}': {(kind == RatingAxisKind.Band ? "bands" : "true and false")} leave nothing for a line '{RatingAxis.Unknown}'; remove it"
            );
        return new(column, kind, [.. ordered, .. new[] { unknown, missing }.OfType<string>()], numbers, missing, unknown);
    }

    (RatingAxisKind Kind, string[] Levels, double[] Numbers) Ordered(string factor, string column, string[] named)
    {
        switch (kindOf(column))
        {
            case FieldKind.Category:
                if (!orders.TryGetValue(column, out var order))
                    orders.Add(column, order = []);
                order.AddRange(named.Except(order).ToList());
                var own = named.ToHashSet(StringComparer.Ordinal);
                return (RatingAxisKind.Category, [.. order.Where(own.Contains)], []);
            case FieldKind.Boolean:
                if (named.Except(CategoryCoder.BooleanLevels).FirstOrDefault() is { } other)
                    problems.Add($"factor '{factor}': '{other}' is not a level of column '{column}', which is true or false");
                return (RatingAxisKind.Boolean, [.. CategoryCoder.BooleanLevels], []);
        }
        if (named.All(level => InvariantText.TryNumber(level, out _)))
        {
            string[] rising = [.. named.OrderBy(NumberOf)];
            if (rising.Select(NumberOf).Distinct().Count() < rising.Length)
                problems.Add($"factor '{factor}': a number of column '{column}' is written in two ways");
            return (RatingAxisKind.Value, rising, [.. rising.Select(NumberOf)]);
        }
        double[] cuts =
        [
            .. named
                .SelectMany(level => level.Split(['<', '[', ',', ')', '>', '='], StringSplitOptions.RemoveEmptyEntries))
                .Where(text => InvariantText.TryNumber(text, out _))
                .Select(NumberOf)
                .Distinct()
                .Order(),
        ];
        string[] bands = cuts.Length == 0 ? [] : BandCoder.BandNames(cuts);
        if (named.Except(bands).FirstOrDefault() is { } odd)
            problems.Add($"factor '{factor}': '{odd}' is neither a number nor a band such as [6,13) of column '{column}'");
        return (RatingAxisKind.Band, bands, cuts);
    }

    string Level(int row, int axis) => lines[RatingTable.Numbered("level", axis)].TextAt(row) ?? "";

    static double NumberOf(string text) => InvariantText.TryNumber(text, out var number) ? number : double.NaN;

    void Stop()
    {
        if (problems.Count > 0)
            RatingTable.ThrowProblems(problems);
    }
}
