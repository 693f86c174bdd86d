using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Whether factors do the same in every part of the rows.</summary>
public class FactorConsistencyTests
{
    static readonly Term[] Terms =
    [
        new FactorTerm("zone"),
        new FactorTerm("garage"),
        new NumericTerm("age"),
        new PolynomialTerm("value", 2),
    ];

    /// <summary>Three years; in the last one, cars in a garage have twice the claims.</summary>
    static TrainingSet Set()
    {
        var learn = Books.Motor(12_000);
        var (years, claims) = (new int[12_000], learn.Numeric("claims").Values.ToArray());
        var garage = (BooleanColumn)learn["garage"];
        for (var row = 0; row < years.Length; row++)
        {
            years[row] = row % 3;
            if (years[row] == 2 && garage.Values[row] == 1)
                claims[row] *= 2;
        }
        return new()
        {
            Learn = learn
                .With(new NumericColumn("claims", claims))
                .With(new CategoricalColumn("year", years, new(["2021", "2022", "2023"]))),
            Features = [],
            Target = "claims",
            Exposure = "years",
        };
    }

    [Fact]
    public void A_factor_that_changes_with_the_years_is_found_and_its_relativities_are_those_of_each_year()
    {
        var (set, options) = (Set(), new GlmOptions { Terms = Terms });
        var found = FactorConsistency.ByColumn(options, set, "year");
        Assert.Equal(["zone", "garage", "age", "poly(value, 2)"], found.Select(term => term.Term));
        Assert.Equal([6, 2, 2, 4], found.Select(term => term.Test.Degrees));
        Assert.True(found[1].Test.PValue < 1e-20);
        Assert.True(found[0].Test.PValue > 1e-3 && found[2].Test.PValue > 1e-3);
        Assert.Empty(found[3].Effects);
        // The test is the likelihood ratio of the plain interaction.
        Term year = new FactorTerm("year");
        GlmFit Fit(params Term[] terms) => new GlmTrainer(new() { Terms = terms }).Fit(set);
        var (without, with) = (Fit([.. Terms, year]), Fit([.. Terms, year, new InteractionTerm(new FactorTerm("garage"), year)]));
        Assert.Equal(with.Deviance - without.Deviance, found[1].Test.DevianceChange, 1e-8);
        // With every other term split as well, a year's relativities are those of a fit on its rows alone.
        var one = FactorConsistency.ByColumn(new() { Terms = [Terms[1]] }, set, "year")[0];
        var own = (CategoricalColumn)set.Learn["year"];
        var last = set.Learn.Take([.. Enumerable.Range(0, 12_000).Where(row => own.Codes[row] == 2)]);
        var alone = new GlmTrainer(new() { Terms = [Terms[1]] }).Fit(set with { Learn = last }).Relativities[0].Levels;
        var effects = one.Effects.Where(effect => effect.Part == "2023").ToList();
        Assert.Equal(["false", "true"], effects.Select(effect => effect.Level));
        for (var level = 0; level < 2; level++)
        {
            Assert.Equal(alone[level].Coefficient, effects[level].Coefficient, 1e-9);
            Assert.Equal(alone[level].StandardError, effects[level].StandardError, 1e-9);
            Assert.Equal(alone[level].Exposure, effects[level].Exposure!.Value, 1e-9);
        }
        // A number has a slope in each year.
        Assert.Equal([null, null, null], found[2].Effects.Select(effect => effect.Level));
        Assert.Equal(["2021", "2022", "2023"], found[2].Effects.Select(effect => effect.Part));
    }

    [Fact]
    public void Folds_differ_by_noise_alone()
    {
        var set = Set() with { Learn = Books.Motor(5000) };
        var found = FactorConsistency.ByFolds(new() { Terms = Terms }, set, new() { Count = 4 });
        Assert.Equal(["1", "2", "3", "4"], found[0].Effects.Select(effect => effect.Part).Distinct());
        Assert.All(found, term => Assert.InRange(term.Test.PValue, 0.001, 1));
    }

    [Fact]
    public void A_column_of_one_part_or_too_many_is_refused()
    {
        var set = Set();
        var refusal = Assert.Throws<HalleyException>(() => FactorConsistency.ByColumn(new() { Terms = Terms }, set, "cost"));
        Assert.Equal(
            "HLY2161: column 'cost' makes more than 50 part(s) of the learn rows; 2 to 50 can be compared. Name another column, or derive one with fewer values.",
            refusal.Message
        );
    }
}
