using System.Text.Json;

namespace Halley.Data.Tests;

public class DataProfileTests
{
    static readonly ProfileOptions Options = new()
    {
        Target = "claims",
        Roles = new Dictionary<string, Role> { ["id"] = Role.Id },
    };

    static Table Small() =>
        new([
            new NumericColumn("id", [5, 3, 4, 1]),
            new NumericColumn("age", [20, 40, double.NaN, 30]),
            new CategoricalColumn("area", [1, 0, 1, -1], new(["A", "B", "never"])),
            new DateColumn("start", [10, 20, -1, 15]),
            new BooleanColumn("new", [1, 0, 1, 1]),
            new TextColumn("note", ["x", "x", null, "y"]),
            new ExposureColumn("years", [1, 0.5, 0.25, 0.25]),
            new NumericColumn("claims", [1, 0, 2, 0]),
        ]);

    static ColumnProfile ColumnOf(DataProfile profile, string name) => profile.Columns.Single(column => column.Name == name);

    [Fact]
    public void Totals_are_told()
    {
        var profile = DataProfile.Of(Small(), Options);

        Assert.Equal((4, 2.0, 3.0), (profile.Rows, profile.Exposure, profile.TargetTotal));
    }

    [Fact]
    public void A_number_has_range_mean_spread_and_quantiles()
    {
        var age = ColumnOf(DataProfile.Of(Small(), Options), "age");

        Assert.Equal((1, 3, 20.0, 40.0, 30.0), (age.Missing, age.Distinct, age.Minimum, age.Maximum, age.Mean));
        Assert.Equal(10.0, age.StandardDeviation);
        Assert.Equal(0, age.Zeros);
        Assert.Equal(new QuantileValue(0.25, 25), age.Quantiles![2]);
        Assert.Equal(new QuantileValue(0.5, 30), age.Quantiles[3]);
        Assert.Equal(40 - 0.2, age.Quantiles[6].Value, 1e-12);
    }

    [Fact]
    public void A_category_has_levels_with_rows_exposure_and_rate()
    {
        var area = ColumnOf(DataProfile.Of(Small(), Options), "area");

        Assert.Equal([new("A", 1, 0.5, 0), new("B", 2, 1.25, 3 / 1.25)], area.Levels!);
        Assert.Equal((1, 2, 0), (area.Missing, area.Distinct, area.OtherLevels));
    }

    [Fact]
    public void Without_exposure_rates_are_by_row_and_rows_without_target_do_not_count()
    {
        var table = new Table([
            new CategoricalColumn("area", [0, 0, 0], new(["A"])),
            new NumericColumn("claims", [1, 0, double.NaN]),
        ]);

        var profile = DataProfile.Of(table, Options);

        Assert.Equal([new LevelProfile("A", 3, null, 0.5)], ColumnOf(profile, "area").Levels!);
        Assert.Null(profile.Exposure);
    }

    [Fact]
    public void Numbers_of_few_values_and_booleans_have_levels_too()
    {
        var profile = DataProfile.Of(Small(), Options);

        Assert.Equal(["20", "30", "40"], ColumnOf(profile, "age").Levels!.Select(level => level.Level));
        Assert.Equal([("false", 1), ("true", 3)], ColumnOf(profile, "new").Levels!.Select(level => (level.Level, level.Rows)));
    }

    [Fact]
    public void Dates_have_first_and_last_day_and_texts_are_counted()
    {
        var profile = DataProfile.Of(Small(), Options);

        var start = ColumnOf(profile, "start");
        Assert.Equal((DateOnly.FromDayNumber(10), DateOnly.FromDayNumber(20), 3), (start.First, start.Last, start.Distinct));
        Assert.Equal((2, 1), (ColumnOf(profile, "note").Distinct, ColumnOf(profile, "note").Missing));
    }

    [Fact]
    public void Of_many_levels_those_with_most_exposure_are_shown_in_their_order()
    {
        double[] years = [0.1, 3, 0.2, 2, 1];
        var table = new Table([
            new CategoricalColumn("area", [0, 1, 2, 3, 4], new(["a", "b", "c", "d", "e"])),
            new ExposureColumn("years", years),
        ]);

        var area = ColumnOf(DataProfile.Of(table, new() { LevelsShown = 3 }), "area");

        Assert.Equal(["b", "d", "e"], area.Levels!.Select(level => level.Level));
        Assert.Equal(2, area.OtherLevels);
    }

    [Fact]
    public void Rows_with_the_same_features_are_counted()
    {
        var table = new Table([
            new NumericColumn("id", [1, 2, 3, 4]),
            new NumericColumn("age", [20, 20, double.NaN, double.NaN]),
            new TextColumn("note", ["x", "x", null, ""]),
        ]);

        Assert.Equal(1, DataProfile.Of(table, Options with { Target = null }).RepeatedRows);
    }

    [Fact]
    public void An_empty_table_has_a_profile()
    {
        var profile = DataProfile.Of(Small().Take([]), Options);

        Assert.Equal(0, profile.Rows);
        Assert.Null(ColumnOf(profile, "age").Mean);
        Assert.Null(ColumnOf(profile, "start").First);
    }

    [Fact]
    public void A_target_that_is_not_there_is_refused() =>
        Assert.StartsWith(
            "HLY1001: there is no column 'cost'.",
            Assert.Throws<HalleyException>(() => DataProfile.Of(Small(), new() { Target = "cost" })).Message
        );

    [Fact]
    public void It_is_written_as_json_with_names_of_kinds_and_roles()
    {
        using var document = JsonDocument.Parse(DataProfile.Of(Small(), Options).ToJson());

        var columns = document.RootElement.GetProperty("columns");
        Assert.Equal(4, document.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal("Number", columns[0].GetProperty("kind").GetString());
        Assert.Equal("Id", columns[0].GetProperty("role").GetString());
        Assert.Equal("B", columns[2].GetProperty("levels")[1].GetProperty("level").GetString());
        Assert.Equal("0001-01-11", columns[3].GetProperty("first").GetString());
        Assert.False(columns[2].TryGetProperty("mean", out _));
    }

    [Fact]
    public void Roles_and_target_come_from_a_schema()
    {
        var schema = CsvText.Infer("IDpol,Exposure,ClaimNb,age\n1,0.5,0,20\n").Schema;

        var options = ProfileOptions.Of(schema);

        Assert.Equal("ClaimNb", options.Target);
        Assert.Equal(Role.Id, options.Roles["IDpol"]);
    }

    [Fact]
    public void Progress_is_told_to_the_end()
    {
        var seen = new List<FitProgress>();

        DataProfile.Of(Small(), Options, new Collector(seen));

        Assert.Equal(1, seen[^1].Fraction);
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Fraction <= pair.Second.Fraction));
    }

    sealed class Collector(List<FitProgress> seen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => seen.Add(value);
    }
}
