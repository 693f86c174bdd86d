using Halley.Data.Expressions;

namespace Halley.Data.Tests.Expressions;

public sealed class SlotPlanTests
{
    static (SlotPlan Plan, SlotRef Result) Compile(string text)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>
        {
            ["x"] = builder.Allocate(SlotType.Number),
            ["y"] = builder.Allocate(SlotType.Number),
        };
        var result = Expression.Parse(text).Compile(builder, scope);
        return (builder.Build(), result);
    }

    [Fact]
    public void Constants_are_folded_to_one_instruction() =>
        Assert.Equal(1, Compile("exp(2) * 3 + clamp(7, 0, 5) ^ 2").Plan.InstructionCount);

    [Fact]
    public void Equal_parts_are_computed_once()
    {
        Assert.Equal(2, Compile("(x + y) * (x + y)").Plan.InstructionCount);
        Assert.Equal(3, Compile("(x + y) * (y + x)").Plan.InstructionCount);
    }

    [Fact]
    public void A_name_alone_costs_nothing() =>
        Assert.Equal((0, 0), (Compile("x").Plan.InstructionCount, Compile("x").Result.Index));

    [Fact]
    public void Running_allocates_nothing()
    {
        var (plan, _) = Compile(
            "if(x > 1 and not (y in (1, 2)), round(log(x) ^ 2, 2), coalesce(band_free(x), y))".Replace(
                "band_free",
                "sqrt",
                StringComparison.Ordinal
            )
        );
        var block = new SlotBlock(plan.SlotCount, 1);
        plan.Run(block);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            plan.Run(block);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Block_with_too_few_slots_is_refused() =>
        Assert.StartsWith(
            "the plan needs 3 slots and the block has 1.",
            Assert.Throws<ArgumentException>(() => Compile("x + y").Plan.Run(new SlotBlock(1, 1))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Names_and_tables_are_listed_once_in_order()
    {
        var expression = Expression.Parse("lookup(rates, b, a) + `a b` + b in (1) and is_missing(a)");
        Assert.Equal(["b", "a", "a b"], expression.Names);
        Assert.Equal(["rates"], expression.Tables);
        Assert.Equal("lookup(rates, b, a) + `a b` + b in (1) and is_missing(a)", expression.ToString());
    }

    [Fact]
    public void Type_is_known_without_rows() =>
        Assert.Equal(
            ["<1", ">=1"],
            Expression.Parse("band(x, 1)").TypeIn(new Dictionary<string, SlotType> { ["x"] = SlotType.Number }).Levels!.Levels
        );

    [Fact]
    public void Filter_keeps_rows_that_are_true_and_drops_missing()
    {
        var table = new Table([new NumericColumn("x", [1, double.NaN, 3, 4])]);
        Assert.Equal([2, 3], TableExpressions.RowsWhere(table, Expression.Parse("x > 2")));
        Assert.Equal(2, TableExpressions.Where(table, Expression.Parse("x > 2")).RowCount);
        Assert.Same(table, TableExpressions.Where(table, Expression.Parse("x > 2 or true")));
    }

    [Fact]
    public void Derived_columns_may_read_those_before_them()
    {
        var table = new Table([new NumericColumn("x", [1, 2])]);
        var derived = new KeyValuePair<string, Expression>[]
        {
            new("double", Expression.Parse("2 * x")),
            new("sum", Expression.Parse("x + double")),
        };
        Assert.Equal([3, 6], TableExpressions.Derive(table, derived).Numeric("sum").Values.ToArray());
    }
}
