using static Halley.Data.Tests.CsvText;

namespace Halley.Data.Tests;

public class SchemaInferenceTests
{
    [Fact]
    public void Kinds_are_inferred_from_the_values()
    {
        var schema = Infer("n,w,c,b,d,code,allmissing\n1.5,3,x,true,2024-01-31,01234,\n-2,4,y,FALSE,2024-02-01,99,\n").Schema;

        Assert.Equal(
            [
                FieldKind.Number,
                FieldKind.Number,
                FieldKind.Category,
                FieldKind.Boolean,
                FieldKind.Date,
                FieldKind.Category,
                FieldKind.Text,
            ],
            schema.Fields.Select(field => field.Kind)
        );
        Assert.Equal([false, true], schema.Fields.Take(2).Select(field => field.Whole));
        Assert.Equal(Role.Ignore, schema.Find("allmissing")!.Role);
        Assert.Equal(ValueRule.Missing, schema.Find("allmissing")!.WhenMissing);
    }

    [Fact]
    public void Ranges_are_what_was_seen_widened_but_not_across_zero()
    {
        var schema = Infer("age,change\n18,-4\n100,6.5\n").Schema;

        Assert.Equal((0, 141), (schema.Fields[0].Minimum, schema.Fields[0].Maximum));
        Assert.Equal((-9.25, 11.75), (schema.Fields[1].Minimum, schema.Fields[1].Maximum));
    }

    [Fact]
    public void A_column_that_ends_unlike_it_began_is_seen_to_the_end()
    {
        var rows = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i % 40}\n"));

        var field = Infer("x\n" + rows + "unknown\n").Schema.Fields[0];

        Assert.Equal((FieldKind.Category, 41), (field.Kind, field.Levels!.Count));
    }

    [Fact]
    public void A_text_a_row_is_no_category()
    {
        var rows = string.Concat(Enumerable.Range(0, 6000).Select(i => $"P{i},A{i % 3000}\n"));

        var schema = Infer("policy_id,other\n" + rows).Schema;

        Assert.Equal((FieldKind.Text, Role.Id), (schema.Fields[0].Kind, schema.Fields[0].Role));
        Assert.Equal(FieldKind.Category, schema.Fields[1].Kind);
    }

    [Fact]
    public void Roles_are_guessed_from_names_and_told_as_guesses()
    {
        var inferred = Infer("IDpol,Exposure,ClaimNb,vh_weight,split\n1,0.5,0,900,learn\n");

        Assert.Equal(
            [Role.Id, Role.Exposure, Role.Target, Role.Feature, Role.Split],
            inferred.Schema.Fields.Select(field => field.Role)
        );
        Assert.Equal(FieldKind.Exposure, inferred.Schema.Find("Exposure")!.Kind);
        Assert.Contains(new SchemaGuess("Exposure", "role exposure", "its name is 'Exposure'"), inferred.Guesses);
    }

    [Theory]
    [InlineData("Exposure\n-1\n")]
    [InlineData("Exposure,x\n,1\n")]
    [InlineData("Exposure\nlong\n")]
    public void What_can_not_be_years_at_risk_is_not_guessed_as_such(string text) =>
        Assert.NotEqual(Role.Exposure, Infer(text).Schema.Fields[0].Role);

    [Fact]
    public void Whatever_is_inferred_reads_the_file_it_came_from()
    {
        const string Text = "a,b,c,d\n1,\"\",2024-01-01,true\n,x,,\n-3.5,y,2024-01-02,false\n";

        var table = Read(Text, Infer(Text).Schema);

        Assert.Equal(Text, CsvText.Write(table));
    }

    [Fact]
    public void The_french_portfolio_is_understood()
    {
        var path = SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz");

        var inferred = CsvReader.Infer(path);
        var table = CsvReader.Read(path, inferred.Schema);

        Assert.Equal(678_007, table.RowCount);
        Assert.Equal(["A", "B", "C", "D", "E", "F"], table.Categorical("Area").Levels.Levels);
        Assert.Equal(22, table.Categorical("Region").Levels.Count);
        Assert.Equal(26_383, Sum(table.Numeric("ClaimNb").Values));
        Assert.Equal(358_358.79, Sum(table.Exposure("Exposure").Years), 0.02);
        Assert.Equal(59_777_581, Sum(table.Numeric("ClaimTotal").Values), 1.0);
    }

    [Fact]
    public void Every_shared_file_is_read_by_its_inferred_schema()
    {
        foreach (var file in Directory.EnumerateFiles(SharedData.Path("data"), "*.csv*", SearchOption.AllDirectories))
            Assert.True(CsvReader.Read(file).RowCount > 0, file);
    }

    static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
