using CsCheck;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm.Tests;

public class RatingEditTests
{
    static readonly double[] Exposure = [10, 40, 30, 20];

    static readonly RatingTable Table = RatingTable.FromLines(
        new([
            new TextColumn("factor", ["(base)", "age", "age", "age", "age", "zone", "zone", "zone", "zone"]),
            new TextColumn("level", [null, "<25", "[25,40)", "[40,60)", ">=60", "a", "b", "c", "d"]),
            new NumericColumn("relativity", [0.1, 1.9, 1, 0.7, 1.1, 1, 1.2, 0.456, 2.5]),
        ]),
        column => column == "age" ? FieldKind.Number : FieldKind.Category
    );

    [Fact]
    public void Any_edits_are_taken_back_to_the_bit() =>
        Edits.Sample(edits =>
        {
            var (edited, told) = RatingEditor.Apply(Table, edits, _ => Exposure);
            var back = RatingEditor.Undo(edited, told);
            return back.Constant.Equals(Table.Constant)
                && back.Factors.Zip(Table.Factors).All(pair => pair.First.Coefficients.SequenceEqual(pair.Second.Coefficients));
        });

    [Fact]
    public void Switching_all_edits_off_gives_the_unedited_table()
    {
        var (edited, told) = RatingEditor.Apply(Table, [Edit(RatingEditKind.Round, "zone") with { Value = 1 }], _ => Exposure);
        Assert.NotEmpty(told[0].Changes);

        var (again, off) = RatingEditor.Apply(RatingEditor.Undo(edited, told), [told[0] with { IsOff = true }], _ => Exposure);

        Assert.Empty(off[0].Changes);
        Assert.Equal(Table.Factors[1].Coefficients, again.Factors[1].Coefficients);
    }

    [Fact]
    public void A_group_gets_the_mean_by_exposure_and_the_base_stays_1()
    {
        var (table, told) = RatingEditor.Apply(
            Table,
            [Edit(RatingEditKind.Group, "zone") with { Levels = ["a", "b"] }],
            _ => Exposure
        );

        // (10 · 1 + 40 · 1.2) / 50; zone a was the base, so the base value takes the mean.
        Assert.Equal(0.1 * 1.16, table.Base, 1e-15);
        Assert.Equal([1, 1, 0.456 / 1.16, 2.5 / 1.16], Relativities(table, 1), Near);
        Assert.Equal([RatingTable.BaseFactor, "zone", "zone", "zone"], told[0].Changes.Select(change => change.Factor));
    }

    [Fact]
    public void Cap_round_and_set_do_what_they_say()
    {
        var (table, _) = RatingEditor.Apply(
            Table,
            [
                Edit(RatingEditKind.Cap, "zone") with
                {
                    Minimum = 0.5,
                    Maximum = 2,
                },
                Edit(RatingEditKind.Set, "age") with
                {
                    Levels = ["<25"],
                    Value = 1.77,
                },
                Edit(RatingEditKind.Round, "age") with
                {
                    Value = 1,
                },
                Edit(RatingEditKind.Set, RatingTable.BaseFactor) with
                {
                    Value = 0.2,
                },
            ],
            _ => Exposure
        );

        Assert.Equal([1, 1.2, 0.5, 2], Relativities(table, 1), Near);
        Assert.Equal([1.8, 1, 0.7, 1.1], Relativities(table, 0), Near);
        Assert.Equal(0.2, table.Base, 1e-16);
    }

    [Fact]
    public void Smoothing_solves_its_equations()
    {
        double[] weights = [1.2, 0.3, 2, 0, 0.8, 1.1];
        double[] y = [0.4, -0.2, 0.1, 5, 0.3, -0.6];
        var z = LevelSmoother.Solve(weights, y, 3.5);
        for (var i = 0; i < y.Length; i++)
        {
            // Row i of (W + λD′D)z = Wy, written out.
            var bend = 0.0;
            for (var k = Math.Max(0, i - 2); k <= Math.Min(i, y.Length - 3); k++)
                bend += (i - k == 1 ? -2 : 1) * (z[k] - 2 * z[k + 1] + z[k + 2]);
            Assert.Equal(weights[i] * y[i], weights[i] * z[i] + 3.5 * bend, 1e-12);
        }
    }

    [Fact]
    public void Smoothing_leaves_a_straight_line_and_the_base_at_1()
    {
        var (table, _) = RatingEditor.Apply(Table, [Edit(RatingEditKind.Smooth, "age") with { Value = 1e9 }], _ => Exposure);
        var logs = table.Factors[0].Coefficients;
        Assert.Equal(0, logs[1]);
        Assert.Equal(logs[1] - logs[0], logs[3] - logs[2], 1e-6);
        Assert.NotEqual(Table.Constant, table.Constant);
    }

    [Theory]
    [InlineData("the relativity is a number above 0", RatingEditKind.Set, "zone", 0.0, "a")]
    [InlineData("factor 'zone' has no level 'A'. ", RatingEditKind.Set, "zone", 1.0, "A")]
    [InlineData("'c' of 'zone': 0.456 would round to 0; keep more decimals", RatingEditKind.Round, "zone", 0.0, "c")]
    [InlineData("a group needs two levels or more", RatingEditKind.Group, "zone", null, "a")]
    [InlineData("there is no factor 'place'. There are: age, zone, and '(base)'", RatingEditKind.Set, "place", 1.0, "a")]
    [InlineData("factor 'zone' has no order of levels", RatingEditKind.Smooth, "zone", 1.0, "a")]
    public void An_edit_that_can_not_be_made_is_named(
        string problem,
        RatingEditKind kind,
        string factor,
        double? value,
        string level
    )
    {
        var fault = Assert.Throws<HalleyException>(() =>
            RatingEditor.Apply(Table, [Edit(kind, factor) with { Value = value, Levels = [level] }], _ => Exposure)
        );
        Assert.Equal("HLY2143", fault.Code);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_of_another_table_is_refused()
    {
        var (_, told) = RatingEditor.Apply(
            Table,
            [Edit(RatingEditKind.Set, "zone") with { Levels = ["b"], Value = 3 }],
            _ => Exposure
        );
        var fault = Assert.Throws<HalleyException>(() => RatingEditor.Undo(Table, told));
        Assert.Contains("'b' of 'zone' was changed, and the table does not show it", fault.Message, StringComparison.Ordinal);
    }

    static Gen<RatingEdit[]> Edits =>
        Gen.OneOf(
            Gen.Double[0.2, 3].Select(value => Edit(RatingEditKind.Set, "zone") with { Levels = ["b"], Value = value }),
            Gen.Double[0.2, 3].Select(value => Edit(RatingEditKind.Set, RatingTable.BaseFactor) with { Value = value }),
            Gen.Double[0.1, 50].Select(value => Edit(RatingEditKind.Smooth, "age") with { Value = value }),
            Gen.Double[0.6, 1].Select(value => Edit(RatingEditKind.Cap, "age") with { Minimum = value, Maximum = 1.5 }),
            Gen.Int[1, 4].Select(value => Edit(RatingEditKind.Round, "age") with { Value = value }),
            Gen.Const(Edit(RatingEditKind.Group, "zone") with { Levels = ["a", "c", "d"] })
        ).Array[0, 8];

    static double[] Relativities(RatingTable table, int factor) => [.. table.Factors[factor].Coefficients.Select(VectorMath.Exp)];

    static bool Near(double one, double other) => Math.Abs(one - other) < 1e-14;

    static RatingEdit Edit(RatingEditKind kind, string factor) =>
        new()
        {
            Kind = kind,
            Factor = factor,
            Levels = [],
            Author = "actuary",
            Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Reason = "market",
            IsOff = false,
            Changes = [],
        };
}
