using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Golden case small-motor: every figure that R's summary prints, on data of our own.</summary>
public class SmallMotorTests
{
    static string Folder => Path.Combine(ProjectRoot.Path, "tests/golden/glm/small-motor");

    static readonly FactorTerm Zone = new("zone") { Base = "north" };
    static readonly FactorTerm Fuel = new("fuel") { Base = "diesel" };
    static readonly FactorTerm Garage = new("garage") { Base = "false" };
    static readonly NumericTerm Age = new("age");

    internal static Table Policies
    {
        get
        {
            var table = CsvReader.Read(Path.Combine(Folder, "data.csv"));
            var years = table["years"] is NumericColumn plain ? plain.Values.ToArray() : table.Exposure("years").Years.ToArray();
            return table.With(new ExposureColumn("years", years)).With(new NumericColumn("size", years));
        }
    }

    static Table Claims
    {
        get
        {
            var claims = Policies.Numeric("claims").Values.ToArray();
            var rows = Policies.Take([.. Enumerable.Range(0, claims.Length).Where(row => claims[row] > 0)]);
            var counts = rows.Numeric("claims").Values.ToArray();
            var costs = rows.Numeric("cost").Values.ToArray();
            return rows.With(new NumericColumn("average", [.. costs.Select((cost, row) => cost / counts[row])]));
        }
    }

    static GlmFit Fit(string model) =>
        model switch
        {
            "count" => Count(Zone, Fuel, new LogTerm("age"), Garage),
            "count_slopes" => Count(Age, Zone, new InteractionTerm(Zone, Age), Fuel, Garage, new InteractionTerm(Fuel, Garage)),
            "count_orthogonal" => Count(new PolynomialTerm("age", 3) { Orthogonal = true }, Zone),
            "size" => Simple(Claims, "average", "claims", Family.Gamma, Link.Log, Zone, new LogTerm("value")),
            "size_inverse" => Simple(Claims, "average", "claims", Family.Gamma, Link.Reciprocal, Fuel, new NumericTerm("value")),
            "lapse" => Simple(Policies, "lapsed", null, Family.Binomial, Link.Logit, new PolynomialTerm("age", 2), Garage),
            "lapse_probit" => Simple(Policies, "lapsed", null, Family.Binomial, Link.Probit, Age, Garage),
            "log_value" => Simple(WithLogValue(Policies), "logValue", "size", Family.Gaussian, Link.Identity, Age, Zone),
            _ => throw new ArgumentOutOfRangeException(nameof(model)),
        };

    static Table WithLogValue(Table table) =>
        table.With(new NumericColumn("logValue", [.. table.Numeric("value").Values.ToArray().Select(value => Math.Log(value))]));

    static GlmFit Count(params Term[] terms) =>
        new GlmTrainer(new() { Terms = terms }).Fit(
            new()
            {
                Learn = Policies,
                Features = [],
                Target = "claims",
                Exposure = "years",
            }
        );

    static GlmFit Simple(Table learn, string target, string? weight, Family family, Link link, params Term[] terms) =>
        new GlmTrainer(
            new()
            {
                Family = family,
                Link = link,
                Terms = terms,
            }
        ).Fit(
            new()
            {
                Learn = learn,
                Features = [],
                Target = target,
                Weight = weight,
            }
        );

    [Theory]
    [InlineData("count")]
    [InlineData("count_slopes")]
    [InlineData("count_orthogonal")]
    [InlineData("size")]
    [InlineData("size_inverse")]
    [InlineData("lapse")]
    [InlineData("lapse_probit")]
    [InlineData("log_value")]
    public void Every_figure_is_that_of_R(string model)
    {
        var fit = Fit(model);

        Assert.True(fit.Converged);
        Assert.Empty(fit.Notes);
        Assert.Null(fit.Advice);
        ReferenceCoefficients.AssertSame(ReferenceCoefficients.Golden(model, "small-motor"), fit);
        AssertPValues(model, fit);
        AssertStatistic("deviance", fit.Deviance);
        AssertStatistic("null_deviance", fit.NullDeviance);
        AssertStatistic("aic", fit.Aic!.Value);
        AssertStatistic("dispersion", fit.Dispersion);
        AssertStatistic("rank", fit.Rank);
        AssertStatistic("df_residual", fit.ResidualDegrees);

        void AssertStatistic(string name, double actual)
        {
            var expected = Statistic(model, name);
            Assert.Equal(expected, actual, 1e-10 * expected);
        }
    }

    static void AssertPValues(string model, GlmFit fit)
    {
        var table = CsvReader.Read(Path.Combine(Folder, "coefficients.csv"), options: new() { MissingTexts = ["NA"] });
        for (var row = 0; row < table.RowCount; row++)
        {
            if (table["model"].TextAt(row) != model)
                continue;
            var name = RNames.Sorted(table["term"].TextAt(row)!);
            var own = fit.Coefficients.Single(coefficient => RNames.Of(coefficient).Contains(name));
            var expected = table.Numeric("p").Values[row];
            // The p of a large statistic magnifies the statistic's last digits.
            Assert.Equal(expected, own.PValue, 1e-7 * expected);
        }
    }

    static double Statistic(string model, string name)
    {
        var table = CsvReader.Read(Path.Combine(Folder, "statistics.csv"));
        var row = Enumerable
            .Range(0, table.RowCount)
            .Single(row => table["model"].TextAt(row) == model && table["statistic"].TextAt(row) == name);
        return table.Numeric("value").Values[row];
    }
}
