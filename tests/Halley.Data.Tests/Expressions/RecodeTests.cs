using Halley.Data.Expressions;

namespace Halley.Data.Tests.Expressions;

public sealed class RecodeTests
{
    static readonly LevelList Caller = new(["A", "B", "C"]);
    static readonly LevelList Model = new(["C", "A", "other"]);

    static double[] Run(SlotType from, SlotType to, ValueRule whenMissing, ValueRule whenUnseen, params double[] values)
    {
        var builder = new PlanBuilder();
        var source = builder.Allocate(from);
        var result = Recode.Emit(builder, source, "brand", to, whenMissing, whenUnseen);
        var plan = builder.Build();
        var block = new SlotBlock(plan.SlotCount, values.Length) { FirstRow = 100 };
        values.CopyTo(block[source.Index]);
        plan.Run(block);
        return block[result.Index].ToArray();
    }

    static double[] Codes(ValueRule whenMissing, ValueRule whenUnseen, params double[] codes) =>
        Run(SlotType.Category(Caller), SlotType.Category(Model), whenMissing, whenUnseen, codes);

    [Fact]
    public void Codes_follow_their_levels() => Assert.Equal([1, 0], Codes(ValueRule.Reject, ValueRule.Reject, 0, 2));

    [Fact]
    public void Unseen_and_missing_follow_their_rules()
    {
        Assert.Equal([double.NaN, 2], Codes(ValueRule.Replace("other"), ValueRule.Missing, 1, double.NaN));
        Assert.Equal([2, double.NaN], Codes(ValueRule.Missing, ValueRule.Replace("other"), 1, double.NaN));
    }

    [Fact]
    public void Rejected_level_names_field_row_and_level() =>
        Assert.Equal(
            "HLY1207: field 'brand', row 102: the level 'B' was not known when the model was fitted, and the rule for unseen levels is to reject. "
                + "Correct it, or declare another rule.",
            Assert.Throws<HalleyException>(() => Codes(ValueRule.Missing, ValueRule.Reject, 0, 1)).Message
        );

    [Fact]
    public void Rejected_missing_value_names_field_and_row()
    {
        const string message =
            "HLY1207: field 'brand', row 101: the value is missing, and its rule for missing values is to reject. "
            + "Fill it in, or declare another rule.";
        Assert.Equal(
            message,
            Assert.Throws<HalleyException>(() => Codes(ValueRule.Reject, ValueRule.Reject, double.NaN)).Message
        );
        Assert.Equal(
            message,
            Assert
                .Throws<HalleyException>(() =>
                    Run(SlotType.Number, SlotType.Number, ValueRule.Reject, ValueRule.Reject, double.NaN)
                )
                .Message
        );
    }

    [Fact]
    public void Missing_numbers_booleans_and_dates_are_replaced()
    {
        Assert.Equal([3, 1.5], Run(SlotType.Number, SlotType.Number, ValueRule.Replace("1.5"), ValueRule.Reject, 3, double.NaN));
        Assert.Equal([0, 1], Run(SlotType.Boolean, SlotType.Boolean, ValueRule.Replace("true"), ValueRule.Reject, 0, double.NaN));
        Assert.Equal(
            [new DateOnly(2026, 1, 31).DayNumber],
            Run(SlotType.Date, SlotType.Date, ValueRule.Replace("2026-01-31"), ValueRule.Reject, double.NaN)
        );
    }

    [Fact]
    public void Nothing_to_do_takes_no_slot()
    {
        var builder = new PlanBuilder();
        var source = builder.Allocate(SlotType.Number);
        Assert.Equal(source, Recode.Emit(builder, source, "x", SlotType.Number, ValueRule.Missing, ValueRule.Reject));
        Assert.Equal(1, builder.SlotCount);
    }

    [Fact]
    public void Rule_that_does_not_fit_is_refused_when_compiled()
    {
        Assert.Equal(
            "HLY1204: field 'brand': its rule for unseen values puts in 'rest', which is not one of its levels. There are: 'C', 'A', 'other'.",
            Assert.Throws<HalleyException>(() => Codes(ValueRule.Missing, ValueRule.Replace("rest"), 0)).Message
        );
        Assert.Equal(
            "HLY1203: field 'brand': its rule for missing values puts in 'many', which is not a number.",
            Assert
                .Throws<HalleyException>(() =>
                    Run(SlotType.Number, SlotType.Number, ValueRule.Replace("many"), ValueRule.Reject, 1)
                )
                .Message
        );
        Assert.Equal(
            "HLY1203: field 'brand' is of kind number where category is needed. Change its kind in the schema.",
            Assert
                .Throws<HalleyException>(() =>
                    Run(SlotType.Number, SlotType.Category(Model), ValueRule.Missing, ValueRule.Reject, 1)
                )
                .Message
        );
    }
}
