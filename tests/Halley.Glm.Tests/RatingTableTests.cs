using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm.Tests;

public class RatingTableTests
{
    static readonly Table Learn = Books.Motor(1500);

    static readonly Term[] Tariff =
    [
        new FactorTerm("zone"),
        new FactorTerm("garage"),
        new FactorTerm("size"),
        new BandedTerm("age", [25, 60]),
        new InteractionTerm(new FactorTerm("zone"), new FactorTerm("fuel")),
    ];

    static readonly GlmScorer Model = (GlmScorer)Books.Cases[0].Fit(Learn, Tariff).Scorer;

    static FieldKind KindOf(string column) => Learn[column].Kind;

    [Fact]
    public void Table_out_and_in_gives_the_model_to_the_bit()
    {
        var path = Path.GetTempFileName();
        try
        {
            CsvWriter.Write(RatingTable.Of(Model).ToLines(), path);
            var lines = CsvReader.Read(path, LinesSchema());
            var read = RatingTable.FromLines(lines, KindOf);

            read.EnsureKnows(Learn);
            Assert.Equal(Scoring.Eta(Model, Learn), Scoring.Eta(read.ToScorer(), Learn));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Relativities_times_base_times_exposure_are_the_prediction()
    {
        var table = RatingTable.Of(Model);
        var eta = Scoring.Eta(Model, Learn);
        var years = Learn.Exposure("years").Years;
        for (var row = 0; row < 200; row++)
        {
            var premium = table.Base * years[row];
            foreach (var factor in table.Factors)
                premium *= factor.Relativity([.. factor.Axes.Select(axis => Code(axis, row))]);
            Assert.Equal(VectorMath.Exp(eta[row]) * years[row], premium, 1e-13 * premium);
        }
    }

    [Fact]
    public void A_relativity_edited_in_the_lines_counts_and_its_old_coefficient_does_not()
    {
        var lines = RatingTable.Of(Model).ToLines();
        var relativities = lines.Numeric("relativity").Values.ToArray();
        var row = Enumerable.Range(0, lines.RowCount).First(row => lines["level"].TextAt(row) == "coast");
        relativities[row] = 2.5;
        var read = RatingTable.FromLines(lines.With(new NumericColumn("relativity", relativities)), KindOf);
        Assert.Equal(2.5, read.Factors[0].Relativity(read.Factors[0].Axes[0].Levels.ToList().IndexOf("coast")), 1e-15);
    }

    [Fact]
    public void A_level_that_only_the_data_have_is_refused_with_its_row()
    {
        var table = Lines(("zone", "north", 1), ("zone", "South ", 1.1), ("zone", "coast", 1.2), ("zone", "city", 1.3));
        var problem = Assert.Throws<HalleyException>(() => table.EnsureKnows(Learn));
        var row = Enumerable.Range(0, Learn.RowCount).First(row => Learn["zone"].TextAt(row) == "south") + 1;
        Assert.Equal("HLY2142", problem.Code);
        Assert.Contains(
            $"column 'zone', row {row}: there is no line for 'south', only for 'South ', which differs by case or blanks",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lines_with_problems_are_refused_with_all_of_them()
    {
        var problem = Assert.Throws<HalleyException>(() =>
            Lines(("zone", "north", 1), ("zone", "NORTH", 1.1), ("garage", "false", 1), ("garage", "maybe", 2))
        );
        Assert.Equal("HLY2141", problem.Code);
        Assert.Contains("levels 'north' and 'NORTH' differ only by case or blanks", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'maybe' is not a level of column 'garage'", problem.Message, StringComparison.Ordinal);
        var zero = Assert.Throws<HalleyException>(() => Lines(("zone", "north", 0)));
        Assert.Contains("line 2: relativity 0, where a number above 0 is needed", zero.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_a_slope_has_no_table_and_the_term_is_named()
    {
        var sloped = (GlmScorer)Books.Cases[0].Fit(Learn, new FactorTerm("zone"), new LogTerm("value")).Scorer;
        var problem = Assert.Throws<HalleyException>(() => RatingTable.Of(sloped));
        Assert.Equal("HLY2140", problem.Code);
        Assert.Contains("'log(value)'", problem.Message, StringComparison.Ordinal);
    }

    static RatingTable Lines(params (string Factor, string Level, double Relativity)[] lines)
    {
        (string Factor, string? Level, double Relativity)[] all = [(RatingTable.BaseFactor, null, 0.1), .. lines];
        return RatingTable.FromLines(
            new([
                new TextColumn("factor", [.. all.Select(line => line.Factor)]),
                new TextColumn("level", [.. all.Select(line => line.Level)]),
                new NumericColumn("relativity", [.. all.Select(line => line.Relativity)]),
            ]),
            KindOf
        );
    }

    static int Code(RatingAxis axis, int row)
    {
        if (axis.Kind == RatingAxisKind.Band)
            return axis.Numbers.Count(cut => Learn.Numeric(axis.Column).Values[row] >= cut);
        return axis.Levels.ToList().IndexOf(Learn[axis.Column].TextAt(row)!);
    }

    static Schema LinesSchema()
    {
        Field Text(string name) =>
            new()
            {
                Name = name,
                Kind = FieldKind.Text,
                WhenMissing = ValueRule.Missing,
            };
        Field Number(string name) => new() { Name = name, Kind = FieldKind.Number };
        return new([
            Text("factor"),
            Text("column"),
            Text("level"),
            Text("column2"),
            Text("level2"),
            Number("relativity"),
            Number("coefficient"),
        ]);
    }
}
