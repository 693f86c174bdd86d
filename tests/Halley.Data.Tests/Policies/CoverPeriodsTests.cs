using CsCheck;

namespace Halley.Data.Tests;

public class CoverPeriodsTests
{
    static readonly CoverColumns Columns = new()
    {
        Policy = ["policy"],
        Start = "start",
        End = "end",
        Exposure = "years",
        Earned = ["premium"],
    };

    static int Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd").DayNumber;

    static Table Covers(params (string Policy, string Start, string End, double Years, double Premium, string Car)[] rows) =>
        new([
            new TextColumn("policy", [.. rows.Select(row => row.Policy)]),
            new DateColumn("start", [.. rows.Select(row => Day(row.Start))]),
            new DateColumn("end", [.. rows.Select(row => Day(row.End))]),
            new ExposureColumn("years", [.. rows.Select(row => row.Years)]),
            new NumericColumn("premium", [.. rows.Select(row => row.Premium)]),
            new TextColumn("car", [.. rows.Select(row => row.Car)]),
        ]);

    static string[] Shown(Table table) =>
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .Select(row => string.Join(" ", table.Columns.Select(column => column.TextAt(row)))),
        ];

    [Fact]
    public void A_cover_is_cut_at_the_dates_inside_it_and_shared_by_days()
    {
        var covers = Covers(
            ("P1", "2023-12-22", "2024-01-11", 0.2, 100, "Fiat"),
            ("P2", "2024-01-01", "2024-02-01", 0.1, 31, "Opel")
        );

        var parts = CoverPeriods.Split(covers, Columns, [new(2024, 1, 1), new(2030, 1, 1), new(2024, 1, 1)]);

        Assert.Equal(
            [
                "P1 2023-12-22 2024-01-01 0.1 50 Fiat",
                "P1 2024-01-01 2024-01-11 0.1 50 Fiat",
                "P2 2024-01-01 2024-02-01 0.1 31 Opel",
            ],
            Shown(parts.Table)
        );
        Assert.Equal([0, 0, 1], parts.Source);
    }

    [Fact]
    public void An_end_date_may_be_covered_itself()
    {
        var covers = Covers(("P1", "2023-12-31", "2024-01-01", 0.5, 10, "Fiat"));

        var parts = CoverPeriods.Split(covers, Columns with { EndIncluded = true }, [new(2024, 1, 1)]);

        Assert.Equal(["P1 2023-12-31 2023-12-31 0.25 5 Fiat", "P1 2024-01-01 2024-01-01 0.25 5 Fiat"], Shown(parts.Table));
    }

    [Fact]
    public void Exposure_is_made_from_days_where_none_is_given()
    {
        var covers = Covers(("P1", "2023-01-01", "2025-01-01", 9, 10, "Fiat")).Without("years");

        var parts = CoverPeriods.Split(
            covers,
            Columns with
            {
                Exposure = null,
            },
            CalendarCuts.Every(12, new(2023, 1, 1), new(2025, 1, 1))
        );

        Assert.Equal(
            [365 / 365.25, 366 / 365.25],
            parts.Table.Exposure("Exposure").Years.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-12
        );
    }

    [Fact]
    public void Adjoining_covers_that_agree_become_one()
    {
        var covers = Covers(
            ("P1", "2024-01-01", "2024-04-01", 0.25, 10, "Fiat"),
            ("P2", "2024-01-01", "2024-04-01", 0.25, 10, "Fiat"),
            ("P1", "2024-07-01", "2024-10-01", 0.25, 30, "Fiat"),
            ("P1", "2024-04-01", "2024-07-01", 0.25, 20, "Fiat"),
            ("P1", "2024-10-01", "2025-01-01", 0.25, 40, "Opel"),
            ("P2", "2024-04-02", "2024-07-01", 0.24, 10, "Fiat")
        );

        var merged = CoverPeriods.Merge(covers, Columns);

        Assert.Equal(
            [
                "P1 2024-01-01 2024-10-01 0.75 60 Fiat",
                "P2 2024-01-01 2024-04-01 0.25 10 Fiat",
                "P1 2024-10-01 2025-01-01 0.25 40 Opel",
                "P2 2024-04-02 2024-07-01 0.24 10 Fiat",
            ],
            Shown(merged.Table)
        );
        Assert.Equal([0, 1, 4, 5], merged.Source);
    }

    [Fact]
    public void Covers_of_one_policy_that_overlap_are_refused_even_with_another_between()
    {
        var covers = Covers(
            ("P1", "2024-01-01", "2025-01-01", 1, 10, "Fiat"),
            ("P1", "2024-02-01", "2024-03-01", 0.1, 10, "Fiat"),
            ("P1", "2024-06-01", "2024-07-01", 0.1, 10, "Fiat")
        );

        Assert.Equal(
            [
                "HLY1312: the table of covers has 2 problems:",
                "  HLY1312 rows 1 and 2: covers of policy 'P1' overlap from 2024-02-01. End the first one there, or add a column that tells them apart.",
                "  HLY1312 rows 1 and 3: covers of policy 'P1' overlap from 2024-06-01. End the first one there, or add a column that tells them apart.",
            ],
            Assert.Throws<HalleyException>(() => CoverPeriods.Merge(covers, Columns)).Message.Split('\n')
        );
    }

    [Fact]
    public void Bad_dates_are_named_all_at_once()
    {
        var covers = Covers(("P1", "2024-01-02", "2024-01-01", 1, 10, "Fiat"), ("P2", "2024-01-01", "2024-01-01", 1, 10, "Fiat"))
            .With(new DateColumn("end", [Day("2024-01-01"), -1]));

        var message = Assert.Throws<HalleyException>(() => CoverPeriods.Split(covers, Columns, [])).Message;

        Assert.Contains(
            "HLY1311 row 1: the cover ends on 2024-01-01, before it starts on 2024-01-02. Correct the dates",
            message
        );
        Assert.Contains("HLY1310 row 2, column 'end': the date is missing. Fill it in", message);
    }

    [Fact]
    public void A_column_that_may_be_the_exposure_is_not_overwritten()
    {
        var covers = Covers(("P1", "2024-01-01", "2024-01-02", 1, 10, "Fiat")).With(new NumericColumn("Exposure", [1]));

        Assert.StartsWith(
            "HLY1313: the covers have a column 'Exposure', and none is named as exposure. Name it,",
            Assert.Throws<HalleyException>(() => CoverPeriods.Split(covers, Columns with { Exposure = null }, [])).Message
        );
    }

    [Fact]
    public void Calendar_cuts_are_the_first_days_of_periods()
    {
        Assert.Equal(
            [new(2024, 1, 1), new(2024, 4, 1), new(2024, 7, 1)],
            CalendarCuts.Every(3, new(2023, 11, 15), new(2024, 9, 30))
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarCuts.Every(5, new(2023, 1, 1), new(2024, 1, 1)));
    }

    static readonly Gen<Table> AnyCovers =
        from rows in Gen.Int[1, 30]
        from starts in Gen.Int[730_000, 731_500].Array[rows]
        from lengths in Gen.Int[0, 900].Array[rows]
        from years in Gen.Double[0, 3].Array[rows]
        from premiums in Gen.Double[-1000, 1000].Array[rows]
        select new Table([
            new NumericColumn("policy", [.. Enumerable.Range(0, rows).Select(row => (double)row)]),
            new DateColumn("start", starts),
            new DateColumn("end", [.. starts.Zip(lengths, (start, length) => start + length)]),
            new ExposureColumn("years", years),
            new NumericColumn("premium", premiums),
        ]);

    [Fact]
    public void Parts_add_up_to_their_cover_and_hold_each_of_its_days_once() =>
        Gen.Select(AnyCovers, Gen.Int[729_900, 732_500].Array[0, 20])
            .Sample(
                (covers, cuts) =>
                {
                    var parts = CoverPeriods.Split(covers, Columns, cuts.Select(DateOnly.FromDayNumber));
                    for (var cover = 0; cover < covers.RowCount; cover++)
                    {
                        int[] rows = [.. Enumerable.Range(0, parts.Source.Length).Where(row => parts.Source[row] == cover)];
                        var (table, day) = (parts.Table.Take(rows), covers.Date("start").DayNumbers[cover]);
                        for (var part = 0; part < rows.Length; part++)
                        {
                            Assert.Equal(day, table.Date("start").DayNumbers[part]);
                            day = table.Date("end").DayNumbers[part];
                        }
                        Assert.Equal(covers.Date("end").DayNumbers[cover], day);
                        Assert.Equal(covers.Exposure("years").Years[cover], Sum(table.Exposure("years").Years), 1e-12);
                        Assert.Equal(covers.Numeric("premium").Values[cover], Sum(table.Numeric("premium").Values), 1e-12 * 1000);
                    }
                }
            );

    [Fact]
    public void Merging_the_parts_of_a_split_gives_the_covers_back() =>
        Gen.Select(AnyCovers, Gen.Int[729_900, 732_500].Array[0, 20])
            .Sample(
                (covers, cuts) =>
                {
                    var merged = CoverPeriods
                        .Merge(CoverPeriods.Split(covers, Columns, cuts.Select(DateOnly.FromDayNumber)).Table, Columns)
                        .Table;
                    Assert.Equal(covers.Date("start").DayNumbers, merged.Date("start").DayNumbers);
                    Assert.Equal(covers.Date("end").DayNumbers, merged.Date("end").DayNumbers);
                    for (var row = 0; row < covers.RowCount; row++)
                        Assert.Equal(covers.Exposure("years").Years[row], merged.Exposure("years").Years[row], 1e-12);
                }
            );

    static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
