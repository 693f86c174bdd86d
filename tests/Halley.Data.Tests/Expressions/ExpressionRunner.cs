using Halley.Data.Expressions;

namespace Halley.Data.Tests.Expressions;

/// <summary>A small table of each kind of column, and the value of an expression over it.</summary>
static class ExpressionRunner
{
    internal static readonly LevelList Regions = new(["North", "South", "East"]);

    internal static readonly LevelList Brands = new(["South", "West"]);

    /// <summary>Row 1 has a value everywhere, row 2 is missing everywhere but in <c>n</c>.</summary>
    internal static Table Rows { get; } =
        new([
            new NumericColumn("x", [2, double.NaN]),
            new NumericColumn("y", [0.5, double.NaN]),
            new NumericColumn("n", [20, 30]),
            new CategoricalColumn("region", [1, -1], Regions),
            new CategoricalColumn("brand", [0, -1], Brands),
            new BooleanColumn("yes", [1, -1]),
            new BooleanColumn("no", [0, -1]),
            new DateColumn("start", [new DateOnly(2024, 2, 29).DayNumber, -1]),
            new DateColumn("end", [new DateOnly(2026, 8, 31).DayNumber, -1]),
            new ExposureColumn("years", [0.25, 1]),
        ]);

    internal static string? First(string text, params LookupTable[] tables) => At(0, text, tables);

    /// <summary>The value in the row where all but <c>n</c> is missing.</summary>
    internal static string? Missing(string text, params LookupTable[] tables) => At(1, text, tables);

    internal static string Error(string text, params LookupTable[] tables) =>
        Assert.Throws<HalleyException>(() => Evaluate(text, tables)).Message;

    internal static Column Evaluate(string text, params LookupTable[] tables) =>
        TableExpressions.Evaluate(Rows, Expression.Parse(text), "result", tables.ToDictionary(table => table.Name));

    static string? At(int row, string text, LookupTable[] tables) => Evaluate(text, tables).TextAt(row);
}
