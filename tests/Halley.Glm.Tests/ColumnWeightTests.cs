using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Weights by column, 0, 1, 2, 0, 1, 2 …, which terms cannot state but the solver bears: glum's P1 and glmnet's penalty.factor.</summary>
public class ColumnWeightTests
{
    [Fact]
    public void Weights_by_column_are_glums()
    {
        const string id = "sw_cells_poisson_lasso_P1";
        var search = Search(1);
        search.GoTo(0.01);

        var fits = CsvReader.Read(SharedData.Path("oracles/glm/glum_fits.csv"));
        var row = Enumerable.Range(0, fits.RowCount).Single(row => fits["id"].TextAt(row) == id);
        Assert.Equal(0, search.ObjectiveAt(0.01) / fits.Numeric("objective").Values[row] - 1, 1e-11);
        AssertCoefficients(PenalisedOracles.Coefficients("glum_coefs.csv", cell => cell("id") == id), search, 1e-7);
    }

    [Fact]
    public void Weights_by_column_are_glmnets()
    {
        const string id = "sw_cells_poisson_penaltyfactor";
        var exact = CsvReader.Read(SharedData.Path("oracles/glm/glmnet_exact.csv"));
        var rows = Enumerable.Range(0, exact.RowCount).Where(row => exact["id"].TextAt(row) == id).ToArray();
        Assert.Equal(5, rows.Length);
        // glmnet brings the weights to a mean of 1.
        var count = Search(1).Beta.Length - 1;
        var search = Search(count / (double)Enumerable.Range(0, count).Sum(j => j % 3));
        foreach (var row in rows)
        {
            var (strength, step) = (exact.Numeric("lambda").Values[row], exact["step"].TextAt(row));
            search.GoTo(strength);
            Assert.True(search.Converged);
            Assert.Equal(0, search.ObjectiveAt(strength) / exact.Numeric("objective").Values[row] - 1, 1e-12);
            AssertCoefficients(
                PenalisedOracles.Coefficients("glmnet_exact_coefs.csv", cell => cell("id") == id && cell("step") == step),
                search,
                1e-8
            );
        }
    }

    static StrengthSearch Search(double unit)
    {
        var terms = PenalisedOracles.Terms("sw_cells", "Area + RiskClass + VehAgeBand + BonusClass");
        var options = new GlmOptions
        {
            Terms = terms,
            Penalty = new() { Scale = PenaltyScale.None },
        };
        var rows = LearnRows.Of(PenalisedOracles.Set("sw_cells", "ClaimNb", "none", "log(Exposure)"), options);
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, terms);
        var design = new PenalisedDesigner(rows.Problem, inputs, [.. terms.Select(encoder.Encode)]).Build(allLevels: false);
        var layout = PenalisedFitter.LayoutFor(design, options.Penalty!, rows.Problem, default);
        layout = layout with
        {
            Columns = [.. layout.Columns.Select((column, j) => j == 0 ? column : column with { Weight = unit * ((j - 1) % 3) })],
        };
        var start = new double[design.Order.Length];
        start[0] = StartPoint.Constant(rows.Problem);
        return StrengthSearch.Of(rows.Problem, design, layout, options, start, default);
    }

    static void AssertCoefficients(Dictionary<string, double> expected, StrengthSearch search, double tolerance)
    {
        double[] values = [.. expected.Values];
        Assert.Equal(values.Length, search.Beta.Length);
        for (var j = 0; j < values.Length; j++)
            Assert.Equal(values[j], search.Beta[j], tolerance * Math.Max(Math.Abs(values[j]), 0.01));
    }
}
