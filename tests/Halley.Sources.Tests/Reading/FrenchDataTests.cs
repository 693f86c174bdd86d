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
    public void Rows_keep_the_files_order_whatever_the_threads()
    {
        var path = SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz");
        var one = TableReader.Read(path, Declared, new() { Threads = 1 });
        var four = TableReader.Read(path, Declared, new() { Threads = 4 });

        Assert.Equal(1, one.Numeric("IDpol").Values[0]);
        Assert.True(IsAscending(one.Numeric("IDpol").Values));
        Assert.True(one.Numeric("IDpol").Values.SequenceEqual(four.Numeric("IDpol").Values));
        Assert.True(one.Categorical("Region").Codes.SequenceEqual(four.Categorical("Region").Codes));
        Assert.True(one.Exposure("Exposure").Years.SequenceEqual(four.Exposure("Exposure").Years));
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

    static bool IsAscending(ReadOnlySpan<double> values)
    {
        for (var row = 1; row < values.Length; row++)
        {
            if (values[row] <= values[row - 1])
                return false;
        }
        return true;
    }

    static Field Of(string name, FieldKind kind) => new() { Name = name, Kind = kind };
}
