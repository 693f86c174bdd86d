using Halley.Data;
using Halley.Sources.Generation;

namespace Halley.Sources.Tests.Generation;

public sealed class PortfolioFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Portfolio portfolio = Portfolio.Generate(new() { Policies = 10_000, Years = 2 });

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(".parquet")]
    [InlineData(".csv.gz")]
    public void Files_read_by_the_schemas_are_the_tables_to_the_bit(string extension)
    {
        var target = folder.File("portfolio");
        portfolio.Write(target, extension);

        Assert.Equal(4, Directory.GetFiles(target).Length);
        AssertSame(portfolio.Policies, "policies", MotorSchemas.Policies);
        AssertSame(portfolio.Claims, "claims", MotorSchemas.Claims);
        AssertSame(portfolio.Quotes, "quotes", MotorSchemas.Quotes);
        AssertSame(portfolio.Monthly, "monthly", MotorSchemas.Monthly);

        void AssertSame(Table expected, string name, Schema schema) =>
            Assert.Equal(
                TableFingerprint.Of(expected),
                TableFingerprint.Of(TableReader.Read(Path.Combine(target, name + extension), schema))
            );
    }

    [Fact]
    public void Records_read_from_a_file_without_a_schema_are_those_of_the_table()
    {
        portfolio.Write(folder.Path);
        var policies = new RecordReader(TableReader.Read(folder.File("policies.parquet")));
        var claims = new RecordReader(TableReader.Read(folder.File("claims.parquet")));
        var quotes = new RecordReader(TableReader.Read(folder.File("quotes.parquet")));

        for (var row = 0; row < 500; row++)
        {
            Assert.Equal(new RecordReader(portfolio.Policies).Risk(row), policies.Risk(row));
            Assert.Equal(new RecordReader(portfolio.Claims).Claim(row), claims.Claim(row));
            Assert.Equal(new RecordReader(portfolio.Quotes).Quote(row), quotes.Quote(row));
        }
    }

    [Fact]
    public void A_table_that_lacks_a_column_is_refused_by_name() =>
        Assert.StartsWith(
            "HLY1001: there is no column 'claim_type'.",
            Assert.Throws<HalleyException>(() => new RecordReader(portfolio.Policies).Claim(0)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_folder_that_can_not_be_made_is_an_error_of_the_environment()
    {
        var error = Assert.Throws<HalleyException>(() => portfolio.Write(Path.Combine(folder.Write("file", ""), "below")));

        Assert.Equal(("HLY1513", FaultKind.Environment), (error.Code, error.Kind));
    }
}
