using Halley.Data;

namespace Halley.Glm;

public sealed partial record RatingTable
{
    /// <summary>Factor of the line that holds the base value.</summary>
    public const string BaseFactor = "(base)";

    /// <summary>Columns that name the axes of a line: <c>column</c>, <c>level</c>, then <c>column2</c>, <c>level2</c>, …</summary>
    internal static string Numbered(string name, int axis) => axis == 0 ? name : InvariantText.Of(axis + 1).Insert(0, name);

    /// <summary>A line for the base value and each level or cell: factor, column, level, …, relativity, coefficient.</summary>
    /// <remarks>Rows without a value and numbers that are not listed have lines where the tariff accepts them, and none where it refuses them.</remarks>
    public Table ToLines()
    {
        var axes = Factors.Select(factor => factor.Axes.Count).Append(1).Max();
        var texts = Enumerable.Range(0, 1 + 2 * axes).Select(_ => new List<string?>()).ToArray();
        var coefficients = new List<double>();
        Add(BaseFactor, [], [], Constant);
        foreach (var factor in Factors)
            AddCells(factor, []);
        var columns = texts.Select((values, i) => (Column)new TextColumn(TextName(i), [.. values]));
        return new([
            .. columns,
            new NumericColumn("relativity", [.. coefficients.Select(Kernels.VectorMath.Exp)]),
            new NumericColumn("coefficient", [.. coefficients]),
        ]);

        void AddCells(RatingFactor factor, (string Level, int Code)[] prefix)
        {
            if (prefix.Length == factor.Axes.Count)
            {
                int[] codes = [.. prefix.Select(part => part.Code)];
                Add(factor.Name, factor.Axes, [.. prefix.Select(part => part.Level)], factor.Coefficients[factor.CellOf(codes)]);
                return;
            }
            foreach (var line in factor.Axes[prefix.Length].Lines())
                AddCells(factor, [.. prefix, line]);
        }

        void Add(string factor, IReadOnlyList<RatingAxis> used, string[] levels, double coefficient)
        {
            texts[0].Add(factor);
            for (var axis = 0; axis < axes; axis++)
            {
                texts[1 + 2 * axis].Add(axis < used.Count ? used[axis].Column : null);
                texts[2 + 2 * axis].Add(axis < used.Count ? levels[axis] : null);
            }
            coefficients.Add(coefficient);
        }
    }

    /// <summary>Reads lines as <see cref="ToLines"/> writes them, or as another program did.</summary>
    /// <param name="lines">Texts <c>factor</c>, <c>column</c>, <c>level</c> (<c>column2</c>, <c>level2</c>, …); numbers <c>relativity</c> and, where known, <c>coefficient</c>.</param>
    /// <param name="kindOf">Kind of a column of the data.</param>
    /// <param name="placeOf">What messages call a line; null for its number, the header not counted.</param>
    /// <exception cref="HalleyException">HLY2141: what is wrong with which lines; HLY1001: a column is missing.</exception>
    /// <remarks>A coefficient counts only where the relativity is its exponential, so an edited relativity is never overruled.</remarks>
    public static RatingTable FromLines(Table lines, Func<string, FieldKind> kindOf, Func<int, string>? placeOf = null) =>
        new RatingLines(lines, kindOf, placeOf).Read();

    /// <summary>Columns of the data that lines name, each once, in their order.</summary>
    public static IReadOnlyList<string> ColumnsOf(Table lines)
    {
        var columns = new List<string>();
        for (var row = 0; row < lines.RowCount; row++)
        {
            if (lines["factor"].TextAt(row) is not { } factor || factor == BaseFactor)
                continue;
            for (var axis = 0; lines.Has(Numbered("level", axis)); axis++)
            {
                if (axis > 0 && lines[Numbered("level", axis)].TextAt(row) is null)
                    break;
                var named = lines.Find(Numbered("column", axis))?.TextAt(row);
                columns.Add(named ?? (axis == 0 ? factor : ""));
            }
        }
        return [.. columns.Where(column => column.Length > 0).Distinct()];
    }

    /// <summary>Refuses rows with a level that the table lacks, also where only case or blanks differ; nothing gets a relativity of 1 in silence.</summary>
    /// <exception cref="HalleyException">HLY2142: factor, column, first row and level; every factor is looked at.</exception>
    /// <param name="sourceRows">Row of the data that each row is, for messages, shape (n); null where they are the same.</param>
    public void EnsureKnows(Table rows, IReadOnlyList<int>? sourceRows = null) => RatingCheck.Run(this, rows, sourceRows);

    static string TextName(int i) => i == 0 ? "factor" : Numbered(i % 2 == 1 ? "column" : "level", (i - 1) / 2);
}
