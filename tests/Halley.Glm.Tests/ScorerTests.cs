using Halley.Data;

namespace Halley.Glm.Tests;

public class ScorerTests
{
    static readonly Table Learn = Books.Motor(2000);

    static GlmFit Fit(params Term[] terms) => Books.Cases[0].Fit(Learn, terms);

    /// <summary>Score of one row given by slots in the order of the scorer's inputs.</summary>
    static double Score(IScorer scorer, params double[] slots)
    {
        var block = new SlotBlock(slots.Length, 1);
        for (var slot = 0; slot < slots.Length; slot++)
            block[slot][0] = slots[slot];
        var eta = new double[1];
        scorer.Score(block, [.. Enumerable.Range(0, slots.Length)], eta);
        return eta[0];
    }

    [Fact]
    public void One_row_and_blocks_of_any_size_give_the_same_bits()
    {
        Term[] terms =
        [
            .. Books.AllTerms,
            new PolynomialTerm("value", 4) { Orthogonal = true },
            new InteractionTerm(new PolynomialTerm("age", 3), new PolynomialTerm("value", 2), new FactorTerm("fuel")),
        ];
        var scorer = Fit(terms).Scorer;
        var expected = Scoring.Eta(scorer, Learn);

        foreach (var capacity in (int[])[1, 7, 64, 65, 2000])
            Assert.Equal(expected, Scoring.Eta(scorer, Learn, capacity));
    }

    [Fact]
    public void Score_is_what_the_fit_says_of_the_learn_rows()
    {
        var fit = Fit(Books.AllTerms);
        var means = Scoring.Mean(fit, Learn, "years");

        Assert.Equal(fit.Deviance, Scoring.Deviance(fit.Family, Learn.Numeric("claims").Values, means), 1e-9);
    }

    [Fact]
    public void Contributions_and_the_constant_add_up_to_the_score()
    {
        var scorer = (GlmScorer)Fit(Books.AllTerms).Scorer;
        var block = new SlotBlock(scorer.Inputs.Count, 3);
        int[] slots = [.. Enumerable.Range(0, scorer.Inputs.Count)];
        foreach (var slot in slots)
            Learn[scorer.Inputs[slot].Name].CopySlots(10, block[slot]);
        var (eta, contributions) = (new double[3], new double[3 * scorer.TermNames.Count]);
        scorer.Score(block, slots, eta);
        scorer.Contributions(block, slots, contributions);

        Assert.Equal(["zone", "poly(age, 3)", "log(value)", "garage", "value band", "zone:age", "garage:fuel"], scorer.TermNames);
        for (var row = 0; row < 3; row++)
        {
            var sum = scorer.Constant + scorer.TermNames.Select((_, term) => contributions[term * 3 + row]).Sum();
            Assert.Equal(eta[row], sum, 1e-12);
        }
    }

    [Fact]
    public void Scoring_allocates_nothing()
    {
        var scorer = Fit(Books.AllTerms).Scorer;
        var block = new SlotBlock(scorer.Inputs.Count, 1);
        int[] slots = [.. Enumerable.Range(0, scorer.Inputs.Count)];
        foreach (var slot in slots)
            block[slot][0] = 1;
        var eta = new double[1];
        scorer.Score(block, slots, eta);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            scorer.Score(block, slots, eta);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Inputs_are_the_columns_once_each_with_the_levels_that_have_rows()
    {
        var zone = Learn.Categorical("zone");
        var noCoast = Learn.Take([.. Enumerable.Range(0, Learn.RowCount).Where(row => zone.TextAt(row) != "coast")]);
        var scorer = Books.Cases[0].Fit(noCoast, new FactorTerm("zone"), new NumericTerm("age"), new LogTerm("age")).Scorer;

        Assert.Equal(["zone", "age"], scorer.Inputs.Select(input => input.Name));
        Assert.Equal([FieldKind.Category, FieldKind.Number], scorer.Inputs.Select(input => input.Kind));
        Assert.Equal(["north", "south", "city"], scorer.Inputs[0].Levels!.Levels);
        Assert.Null(scorer.Inputs[1].Levels);
    }

    [Fact]
    public void Values_that_the_model_does_not_know_score_NaN()
    {
        var scorer = Fit(new FactorTerm("zone"), new FactorTerm("size"), new NumericTerm("age")).Scorer;

        Assert.True(double.IsFinite(Score(scorer, 0, 1.5, 40)));
        Assert.True(double.IsNaN(Score(scorer, double.NaN, 1.5, 40)), "a zone is needed");
        Assert.True(double.IsNaN(Score(scorer, 4, 1.5, 40)), "there are four zones");
        Assert.True(double.IsNaN(Score(scorer, -1, 1.5, 40)), "codes start at 0");
        Assert.True(double.IsNaN(Score(scorer, 0, 1.7, 40)), "no size of 1.7 was learned");
        Assert.True(double.IsNaN(Score(scorer, 0, 1.5, double.NaN)), "an age is needed");
    }

    [Fact]
    public void Unseen_numbers_of_a_factor_follow_its_rule()
    {
        var scorer = Fit(new FactorTerm("size") { WhenUnseen = ValueRule.Replace("2") }).Scorer;

        Assert.Equal(Score(scorer, 2), Score(scorer, 1.7));
        Assert.NotEqual(Score(scorer, 1), Score(scorer, 1.7));
    }

    [Fact]
    public void Missing_values_follow_the_rule_of_their_term()
    {
        var ages = Learn.Numeric("age").Values.ToArray();
        for (var row = 0; row < ages.Length; row += 5)
            ages[row] = double.NaN;
        var table = Learn.With(new NumericColumn("age", ages));
        var banded = new BandedTerm("age", [30, 60]);
        var own = Books.Cases[0].Fit(table, banded);
        var replaced = Books.Cases[0].Fit(table, banded with { WhenMissing = ValueRule.Replace("[30,60)") });
        var number = Books.Cases[0].Fit(table, new NumericTerm("age") { WhenMissing = ValueRule.Replace("40") });

        Assert.Equal(["<30", "[30,60)", ">=60", "(missing)"], own.Relativities[0].Levels.Select(level => level.Level));
        Assert.Equal(400, own.Relativities[0].Levels[3].RowCount);
        Assert.Equal(own.Find("age[(missing)]")!.Estimate, Score(own.Scorer, double.NaN) - Score(own.Scorer, 40), 1e-12);
        Assert.Equal(Score(replaced.Scorer, 59), Score(replaced.Scorer, double.NaN));
        Assert.Equal(Score(number.Scorer, 40), Score(number.Scorer, double.NaN));
    }

    [Fact]
    public void Band_starts_at_its_cut()
    {
        var scorer = Fit(new BandedTerm("age", [30, 60])).Scorer;

        Assert.Equal(Score(scorer, 30), Score(scorer, 59.999));
        Assert.NotEqual(Score(scorer, 29.999), Score(scorer, 30));
        Assert.Equal(Score(scorer, 60), Score(scorer, 1e9));
    }
}
