using Halley.Data;
using Halley.Glm;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Models.Tests;

/// <summary>Bands and interactions that a boosted model proposes and held-out rows judge.</summary>
public class CandidateSearchTests
{
    /// <summary>Claims rise below age 30 and from 60 on; in a garage the coast is worse, elsewhere it is not; noise says nothing.</summary>
    static Table Book(int rows)
    {
        var random = new DeterministicRandom(11);
        var (zone, garage) = (new int[rows], new sbyte[rows]);
        var columns = new[] { "age", "noise", "years", "claims" }.ToDictionary(name => name, _ => new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            (zone[row], garage[row]) = (random.NextInt(3), (sbyte)random.NextInt(2));
            columns["age"][row] = 18 + random.NextInt(65);
            columns["noise"][row] = random.NextInt(40);
            columns["years"][row] = 0.2 + 0.8 * random.NextDouble();
            var eta = columns["age"][row] switch
            {
                < 30 => 0.2,
                < 60 => -0.8,
                _ => -0.2,
            };
            eta += zone[row] == 2 && garage[row] == 1 ? 0.7 : 0;
            columns["claims"][row] = random.NextPoisson(columns["years"][row] * Math.Exp(eta));
        }
        return new([
            new CategoricalColumn("zone", zone, new(["city", "hills", "coast"])),
            new BooleanColumn("garage", garage),
            .. columns.Select(pair => new NumericColumn(pair.Key, pair.Value)),
        ]);
    }

    static ModelSpec Spec(params Term[] terms) =>
        new()
        {
            Name = "claims",
            Target = "claims",
            Exposure = "years",
            Family = Family.Poisson,
            Learner = new GlmLearner { Terms = terms },
            Split = new RandomSplit { TestShare = 0.1 },
        };

    [Fact]
    public void Bands_follow_the_curve_and_noise_gains_nothing()
    {
        var spec = Spec(new NumericTerm("age"), new FactorTerm("zone"), new NumericTerm("noise"));
        var found = CandidateSearch.Bands(spec, Book(30_000));
        var best = found[0];
        var bands = Assert.IsType<BandedTerm>(best.Term);
        Assert.Equal("age", bands.Column);
        Assert.Equal([30, 60], bands.Cuts);
        Assert.Equal(["age"], best.Replaces);
        Assert.True(best.HeldOutChange < -3 * best.HeldOutError);
        Assert.True(best.AicChange < -100 && best.DevianceChange < -100);
        Assert.Equal(1, best.Degrees);
        Assert.InRange(best.Guide, 0.95, 1);
        Assert.DoesNotContain(
            found,
            candidate => candidate.Replaces.Contains("noise") && candidate.HeldOutChange < -2 * candidate.HeldOutError
        );
    }

    [Fact]
    public void The_pair_that_acts_together_comes_first()
    {
        var spec = Spec(
            new BandedTerm("age", [30, 60]),
            new FactorTerm("zone"),
            new FactorTerm("garage"),
            new NumericTerm("noise")
        );
        var found = CandidateSearch.Interactions(spec, Book(30_000), new() { Pairs = 6 });
        var best = found[0];
        var both = Assert.IsType<InteractionTerm>(best.Term);
        Assert.Equal(["garage", "zone"], both.Factors.Select(part => part.Name).Order());
        Assert.Equal(2, best.Degrees);
        Assert.True(best.PValue < 1e-10 && best.AicChange < -20);
        Assert.True(best.HeldOutChange < -3 * best.HeldOutError);
        Assert.All(found.Skip(1), other => Assert.True(other.HeldOutChange > -2 * other.HeldOutError));
        Assert.Equal(best.Guide, found.Max(candidate => candidate.Guide));
        // The gain is what two fits on the same learn rows say of the others.
        Assert.Equal(
            found.Select(candidate => candidate.HeldOutChange).Order(),
            found.Select(candidate => candidate.HeldOutChange)
        );
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_candidates()
    {
        var spec = Spec(new NumericTerm("age"), new FactorTerm("zone"), new FactorTerm("garage"));
        var book = Book(4000);
        var one = CandidateSearch.Interactions(spec, book, new() { Threads = 1 });
        var two = CandidateSearch.Interactions(spec, book, new() { Threads = 2 });
        Assert.Equal(one.Select(candidate => candidate.HeldOutChange), two.Select(candidate => candidate.HeldOutChange));
        Assert.Equal(one.Select(candidate => candidate.Guide), two.Select(candidate => candidate.Guide));
    }

    [Fact]
    public void Few_bands_keep_a_step_curve_exactly()
    {
        var (starts, share) = BandFinder.Cut([1, 1, 1, 5, 5, 2, 2], [1, 2, 1, 3, 1, 1, 4], 8);
        Assert.Equal([3, 5], starts);
        Assert.Equal(1, share, 1e-12);
        Assert.Equal(([], 0), BandFinder.Cut([2, 2], [1, 1], 8));
        // The least loss of two bands, by trying every cut.
        double[] curve = [0.3, 1.1, 0.2, 2.4, 2.2, 3.9];
        double Loss(int from, int to) => curve[from..to].Sum(value => Math.Pow(value - curve[from..to].Average(), 2));
        var best = Enumerable.Range(1, 5).MinBy(cut => Loss(0, cut) + Loss(cut, 6));
        Assert.Equal([best], BandFinder.Cut(curve, [1, 1, 1, 1, 1, 1], 2).Starts);
    }

    [Fact]
    public void Only_a_glm_without_penalty_and_sound_options_are_searched()
    {
        var book = Book(200);
        var trees = Spec() with { Learner = new BoostingLearner { Features = ["age"] } };
        Assert.Equal(
            "HLY3463: model 'claims' has the learner 'boosting', and a search over terms is for a glm. Name the file of a glm.",
            Assert.Throws<HalleyException>(() => CandidateSearch.Bands(trees, book)).Message
        );
        var onTop = Spec(new NumericTerm("age")) with { OffsetModel = new() { Model = "tariff" } };
        Assert.StartsWith(
            "HLY3463: model 'claims' stands on model 'tariff', and a search over terms reads columns alone.",
            Assert.Throws<HalleyException>(() => CandidateSearch.Bands(onTop, book)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "HLY3464: candidates can't be looked for: the held-out share is above 0 and at most 0.9; pairs are 1 to 100.",
            Assert
                .Throws<HalleyException>(() =>
                    CandidateSearch.Interactions(Spec(new NumericTerm("age")), book, new() { HeldOutShare = 1, Pairs = 0 })
                )
                .Message
        );
    }
}
