using Halley.Data;

namespace Halley.Models.Tests;

public class PartAssignerTests
{
    static readonly Table Rows = Portfolio.Make(4000);

    static DataPart?[] Assign(SplitSpec? split, ulong seed = 1) => PartAssigner.Assign(split, Rows, seed);

    [Fact]
    public void Without_a_split_every_row_is_learnt_on() => Assert.All(Assign(null), part => Assert.Equal(DataPart.Learn, part));

    [Fact]
    public void Column_values_name_the_parts_and_others_are_left_out()
    {
        var parts = Assign(
            new ColumnSplit
            {
                Column = "brand",
                Learn = ["Alfa", "Daf"],
                Validation = [],
                Test = ["Borgward"],
            }
        );
        for (var row = 0; row < Rows.RowCount; row++)
        {
            DataPart? wanted = Rows["brand"].TextAt(row) switch
            {
                "Alfa" or "Daf" => DataPart.Learn,
                "Borgward" => DataPart.Test,
                _ => null,
            };
            Assert.Equal(wanted, parts[row]);
        }
    }

    [Fact]
    public void Random_shares_are_kept_and_rows_of_one_key_stay_together()
    {
        var parts = Assign(
            new RandomSplit
            {
                TestShare = 0.3,
                ValidationShare = 0.2,
                Keys = ["id"],
            }
        );
        Assert.InRange(parts.Count(part => part == DataPart.Test) / 4000.0, 0.27, 0.33);
        Assert.InRange(parts.Count(part => part == DataPart.Validation) / 4000.0, 0.7 * 0.2 - 0.03, 0.7 * 0.2 + 0.03);
        for (var row = 0; row < Rows.RowCount; row += 2)
            Assert.Equal(parts[row], parts[row + 1]);
    }

    [Fact]
    public void A_row_keeps_its_part_whatever_the_other_rows_are()
    {
        var split = new RandomSplit { Keys = ["id"] };
        var some = Rows.Take([.. Enumerable.Range(0, 1000).Select(i => i * 4)]);
        var all = Assign(split, seed: 9);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => all[i * 4]), PartAssigner.Assign(split, some, 9));
    }

    [Fact]
    public void The_seed_decides()
    {
        var split = new RandomSplit();
        Assert.Equal(Assign(split, 1), Assign(split, 1));
        Assert.NotEqual(Assign(split, 1), Assign(split, 2));
    }

    [Fact]
    public void Days_split_by_time()
    {
        var parts = Assign(
            new TimeSplit
            {
                Column = "start",
                ValidationFrom = new(2025, 1, 1),
                TestFrom = new(2025, 7, 1),
            }
        );
        for (var row = 0; row < Rows.RowCount; row++)
        {
            var day = Rows.Date("start").DateAt(row)!.Value;
            var wanted =
                day >= new DateOnly(2025, 7, 1) ? DataPart.Test
                : day.Year == 2025 ? DataPart.Validation
                : DataPart.Learn;
            Assert.Equal(wanted, parts[row]);
        }
    }
}
