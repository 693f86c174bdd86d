using System.Globalization;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Surfaces, curves times numbers, cells, slopes and maps by level, against mgcv's <c>te</c>, <c>ti</c> and <c>s(…, by = …)</c>.</summary>
public class SurfaceTests
{
    static readonly string Folder = Path.Combine(ProjectRoot.Path, "tests/golden/glm/surfaces");

    static SmoothTerm Age(int size) => new("age") { Size = size };

    static SmoothTerm Worth(int size) => new("worth") { Size = size };

    static FactorTerm Zone => new("zone") { Base = "city" };

    static InteractionTerm Surface(int age, int worth) => new(Age(age), Worth(worth));

    static readonly Dictionary<string, Term[]> Models = new()
    {
        ["surface"] = [Zone, Surface(7, 6)],
        ["beside"] = [Age(8), Worth(7), Surface(6, 5)],
        ["half"] = [Age(8), Surface(6, 5)],
        ["splines"] =
        [
            new InteractionTerm(
                Age(8) with
                {
                    Basis = SmoothKind.PSpline,
                },
                Worth(7) with
                {
                    Basis = SmoothKind.PSpline,
                    PenaltyOrder = 1,
                }
            ),
        ],
        ["levels"] = [Zone, new InteractionTerm(new FactorTerm("zone"), Age(5), Worth(5))],
        ["solid"] = [new InteractionTerm(Age(5), Worth(4), new SmoothTerm("power") { Size = 4 })],
        ["number"] = [Age(8), Age(8) with { By = new NumericTerm("power") }],
        ["numbers"] = [new InteractionTerm(Age(6), new PolynomialTerm("power", 2))],
        ["surface_number"] = [Age(6), new InteractionTerm(Age(5), new NumericTerm("power"), Worth(5))],
        ["gamma"] = [Zone, Surface(7, 6)],
        ["gaussian"] = [Surface(7, 6)],
        ["binomial"] = [Surface(7, 6)],
        ["tweedie"] = [Surface(7, 6)],
        ["cells"] = [Zone, new InteractionTerm(new CredibilityTerm("make"), new FactorTerm("zone"))],
        ["slopes"] =
        [
            new NumericTerm("worth"),
            new CredibilityTerm("make"),
            new InteractionTerm(new CredibilityTerm("make"), new NumericTerm("worth")),
        ],
        ["maps"] = [Zone, new InteractionTerm(new NeighbourTerm("make", Ring), new FactorTerm("zone"))],
    };

    static Dictionary<string, IReadOnlyList<string>> Ring =>
        Enumerable
            .Range(0, 12)
            .ToDictionary(i => $"{(char)('A' + i)}", IReadOnlyList<string> (i) => [$"{(char)('A' + (i + 1) % 12)}"]);

    public static TheoryData<string> Names => new(Models.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Smoothing_degrees_and_values_are_those_of_mgcv(string model)
    {
        var fit = Fit(model, Models[model]);
        Assert.True(fit.Converged, fit.Advice);
        var eta = Scoring.Eta(fit.Scorer, CsvReader.Read(Path.Combine(Folder, "points.csv")));
        foreach (var row in Rows(model))
            AssertSame(row, fit, eta);
    }

    static void AssertSame(Row row, GlmFit fit, double[] eta)
    {
        switch (row.What)
        {
            // Of a Tweedie family Halley's score leaves out the saturated likelihood, which does not move with the penalties.
            case "reml" when row.Model != "tweedie":
                AssertNear(row, fit.RestrictedScore!.Value, 1e-8);
                break;
            case "deviance":
                AssertNear(row, fit.Deviance, 1e-6);
                break;
            case "edf_total":
                AssertNear(row, fit.EffectiveDegrees, 1e-4);
                break;
            case "lambda":
                // All but straight along a margin: the likelihood is flat in lambda.
                if (row.Value < 1e8)
                    AssertNear(row, Lambda(row, fit), 1e-3);
                else
                    Assert.InRange(Lambda(row, fit), 1e6, double.MaxValue);
                break;
            case "edf":
                AssertNear(row, Smooth(row, fit).Degrees, 1e-4);
                break;
            case "eta":
                Assert.Equal(row.Value, eta[row.Place - 1], 1e-4 * row.Error);
                break;
            case "coefficient":
                var own = fit.Coefficients.Single(coefficient => RNames.Of(coefficient).Contains(row.Smooth));
                Assert.Equal(row.Value, own.Estimate, 1e-4 * row.Error);
                AssertNear(row with { Value = row.Error }, own.StandardError, 1e-3);
                break;
        }
    }

    static SmoothSummary Smooth(Row row, GlmFit fit) => fit.Smooths[int.Parse(row.Smooth, CultureInfo.InvariantCulture) - 1];

    static double Lambda(Row row, GlmFit fit) => Smooth(row, fit).Lambdas?[row.Place - 1] ?? Smooth(row, fit).Lambda;

    static GlmFit Fit(string model, params Term[] terms)
    {
        var learn = CsvReader.Read(Path.Combine(Folder, "data.csv"));
        learn = learn.With(new ExposureColumn("years", learn.Numeric("years").Values.ToArray()));
        learn = learn.With(
            new NumericColumn("log_cost", [.. learn.Numeric("cost").Values.ToArray().Select(cost => Math.Log(cost))])
        );
        var (family, target) = model switch
        {
            "gamma" => (Family.Gamma, "cost"),
            "gaussian" => (Family.Gaussian, "log_cost"),
            "binomial" => (Family.Binomial, "lapsed"),
            "tweedie" => (Family.Tweedie(1.5), "premium"),
            _ => (Family.Poisson, "claims"),
        };
        var options = new GlmOptions
        {
            Family = family,
            Link = family == Family.Gamma ? Link.Log : null,
            Terms = terms,
        };
        return new GlmTrainer(options).Fit(
            new()
            {
                Learn = learn,
                Features = [],
                Target = target,
                Exposure = target == "claims" ? "years" : null,
            }
        );
    }

    sealed record Row(string Model, string What, string Smooth, int Place, double Value, double Error);

    static IEnumerable<Row> Rows(string model)
    {
        var table = CsvReader.Read(Path.Combine(Folder, "results.csv"));
        var (place, value, error) = (Values("place"), Values("value"), Values("se"));
        var rows = new List<Row>();
        double[] Values(string name) => table.Numeric(name).Values.ToArray();
        for (var row = 0; row < table.RowCount; row++)
        {
            if (table["model"].TextAt(row) == model)
                rows.Add(
                    new(
                        model,
                        table["what"].TextAt(row)!,
                        table["smooth"].TextAt(row) ?? "",
                        double.IsNaN(place[row]) ? 0 : (int)place[row],
                        value[row],
                        error[row]
                    )
                );
        }
        Assert.NotEmpty(rows);
        return rows;
    }

    static void AssertNear(Row row, double actual, double relative) =>
        Assert.True(
            Math.Abs(row.Value - actual) <= relative * Math.Abs(row.Value),
            $"{row}: {actual:R}, {(actual - row.Value) / row.Value:E1} apart"
        );
}
