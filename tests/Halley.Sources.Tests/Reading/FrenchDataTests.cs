using Halley.Data;

namespace Halley.Sources.Tests.Reading;

public class FrenchDataTests
{
    static Schema Declared =>
        new([
            Of("IDpol", FieldKind.Number),
            Of("Exposure", FieldKind.Exposure) with
            {
                Role = Role.Exposure,
            },
            Of("Area", FieldKind.Category),
            Of("DrivAge", FieldKind.Number),
            Of("VehBrand", FieldKind.Category),
            Of("Region", FieldKind.Category),
            Of("ClaimNb", FieldKind.Number),
            Of("ClaimTotal", FieldKind.Number),
            Of("split", FieldKind.Category) with
            {
                Role = Role.Split,
            },
        ]);

    [Fact]
    public void Policies_have_the_published_rows_claims_years_and_euros_by_part()
    {
        var table = TableReader.Read(SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz"), Declared);

        Assert.Equal(678_007, table.RowCount);
        Assert.Equal(["learn", "test"], table.Categorical("split").Levels.Levels);
        Assert.Equal(["A", "B", "C", "D", "E", "F"], table.Categorical("Area").Levels.Levels);
        Assert.Equal(22, table.Categorical("Region").Levels.Count);
        Assert.Equal((610_206, 23_738, 322_392.22, 53_950_643), Totals(table, "learn"));
        Assert.Equal((67_801, 2_645, 35_966.58, 5_826_938), Totals(table, "test"));
    }

    [Fact]
    public void Claims_have_the_published_rows()
    {
        var claims = TableReader.Read(SharedData.Path("data/fremtpl2/freMTPL2_clean_sev.csv.gz"));

        Assert.Equal(26_383, claims.RowCount);
        Assert.Equal(4_075_401, Math.Round(claims.Numeric("ClaimAmount").Values.ToArray().Max()));
    }

    [Fact]
    public void Sql_over_the_file_gives_the_same_totals()
    {
        var options = new ReadOptions { Folder = SharedData.Path("data/fremtpl2") };

        var sums = TableReader.Read(
            "SELECT split, count(*) AS n, sum(ClaimNb) AS claims, sum(Exposure) AS years FROM 'freMTPL2_clean.csv.gz' GROUP BY split ORDER BY split",
            options: options
        );

        Assert.Equal([610_206, 67_801], sums.Numeric("n").Values.ToArray());
        Assert.Equal([23_738, 2_645], sums.Numeric("claims").Values.ToArray());
        Assert.Equal(322_392.22, sums.Numeric("years").Values[0], 2);
    }

    static (int Rows, double Claims, double Years, double Total) Totals(Table table, string part)
    {
        var code = table.Categorical("split").Levels.CodeOf(part);
        var rows = table.Where(row => table.Categorical("split").Codes[row] == code);
        return (
            rows.RowCount,
            Sum(rows.Numeric("ClaimNb").Values),
            Math.Round(Sum(rows.Exposure("Exposure").Years), 2),
            Math.Round(Sum(rows.Numeric("ClaimTotal").Values))
        );
    }

    static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }

    static Field Of(string name, FieldKind kind) => new() { Name = name, Kind = kind };
}
