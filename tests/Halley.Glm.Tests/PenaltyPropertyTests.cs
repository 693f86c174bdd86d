using CsCheck;
using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>What must hold for every penalty, family and book.</summary>
public class PenaltyPropertyTests
{
    static readonly Books.Case[] Cases =
    [
        .. Books.Cases.Where(which =>
            which.Link.Function is LinkFunction.Log or LinkFunction.Logit || which.Family == Family.Gaussian
        ),
    ];

    static readonly Gen<(int Case, int Penalty, ulong Seed)> AnyFit = Gen.Select(
        Gen.Int[0, Cases.Length - 1],
        Gen.Int[0, 7],
        Gen.ULong
    );

    static Term[] Terms =>
        [
            new FactorTerm("zone") { Base = "coast" },
            new BandedTerm("age", [30, 45, 60, 75]) { Base = "[45,60)" },
            new FactorTerm("fuel"),
            new NumericTerm("value"),
            new InteractionTerm(new FactorTerm("garage"), new NumericTerm("age")),
        ];

    static GlmPenalty PenaltyOf(int index, double strength) =>
        index switch
        {
            0 => new() { Strength = strength, L1Ratio = 0 },
            1 => new() { Strength = strength },
            2 => new()
            {
                Strength = strength,
                L1Ratio = 0.5,
                Scale = PenaltyScale.All,
                AllLevels = true,
            },
            3 => With(
                strength,
                1,
                new PenaltyTerm("zone") { Kind = PenaltyKind.Group },
                new("fuel") { Kind = PenaltyKind.Group, Weight = 2 }
            ),
            4 => With(strength, 0.7, new PenaltyTerm("age") { Kind = PenaltyKind.Steps }, new("value") { Weight = 0 }),
            5 => With(strength, 1, new PenaltyTerm("zone") { Kind = PenaltyKind.Pairs }),
            6 => With(
                strength,
                0.9,
                new PenaltyTerm("age") { Monotone = MonotoneRule.Falling },
                new("zone") { Lower = -0.05, Upper = 0.1 }
            ),
            _ => With(strength, 0.9, new PenaltyTerm("age") { Monotone = MonotoneRule.Rising, Kind = PenaltyKind.Steps }),
        };

    static GlmPenalty With(double strength, double ratio, params PenaltyTerm[] terms) =>
        new()
        {
            Strength = strength,
            L1Ratio = ratio,
            Terms = terms,
        };

    static void ForAnyFit(Action<Books.Case, GlmPenalty, Table> check) =>
        AnyFit.Sample(
            pick =>
            {
                var which = Cases[pick.Case];
                var strength = which.Family == Family.Tweedie(1.5) || which.Family == Family.Tweedie(1.2) ? 0.5 : 0.02;
                check(which, PenaltyOf(pick.Penalty, strength), Books.Motor(300, pick.Seed));
            },
            iter: 60
        );

    static GlmFit Fit(Books.Case which, GlmPenalty penalty, Table table) =>
        new GlmTrainer(which.Options(Terms) with { Penalty = penalty }).Fit(which.Set(table));

    /// <summary>Half the mean deviance and the penalty, from a fit's coefficients moved a little: the plain twin of the solver's sums.</summary>
    [Fact]
    public void No_small_move_lowers_the_objective() =>
        ForAnyFit(
            (which, penalty, table) =>
            {
                var fit = Fit(which, penalty, table);
                Assert.True(fit.Converged);
                var plain = new PlainPenalty(which, penalty, table, Terms);
                double[] found = [.. fit.Coefficients.Select(coefficient => coefficient.Estimate)];
                var lowest = plain.Objective(found);
                if (!penalty.AllLevels)
                    AssertNear(lowest, fit.Penalty!.Objective, 1e-9 * Math.Abs(lowest));
                var random = new DeterministicRandom(7);
                for (var trial = 0; trial < 40 && !penalty.AllLevels; trial++)
                {
                    var size = Math.Pow(10, -1 - random.NextInt(5));
                    double[] moved = [.. found.Select((value, i) => value + size * plain.UnitOf(i) * random.NextNormal())];
                    var objective = plain.Objective(moved);
                    Assert.True(
                        objective >= lowest - 1e-12 * Math.Abs(lowest),
                        $"{objective:R} is below {lowest:R} at size {size}"
                    );
                }
            }
        );

    [Fact]
    public void Weight_two_equals_the_row_twice() =>
        ForAnyFit(
            (which, penalty, table) =>
            {
                int[] twice = [.. Enumerable.Range(0, 300), .. Enumerable.Range(0, 300).Where(row => row % 3 == 0)];
                double[] weights = [.. Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? 2.0 : 1.0)];
                var weighted = Fit(which with { Weight = "w" }, penalty, table.With(new NumericColumn("w", weights)));
                var repeated = Fit(which with { Weight = null }, penalty, table.Take(twice));

                AssertSame(weighted, repeated, 1e-7);
            }
        );

    [Fact]
    public void Order_of_rows_changes_rounding_only() =>
        ForAnyFit(
            (which, penalty, table) =>
                AssertSame(
                    Fit(which, penalty, table),
                    Fit(which, penalty, table.Take([.. Enumerable.Range(0, 300).Reverse()])),
                    1e-7
                )
        );

    [Fact]
    public void With_all_levels_penalised_the_base_changes_no_prediction() =>
        AnyFit.Sample(
            pick =>
            {
                var (which, table) = (Cases[pick.Case], Books.Motor(300, pick.Seed));
                GlmFit WithBase(string level) =>
                    new GlmTrainer(
                        which.Options(new FactorTerm("zone") { Base = level }, new NumericTerm("age")) with
                        {
                            Penalty = new()
                            {
                                Strength = 0.01,
                                L1Ratio = 0.2,
                                AllLevels = true,
                            },
                        }
                    ).Fit(which.Set(table));
                var (one, other) = (WithBase("north"), WithBase("city"));
                var (left, right) = (Scoring.Eta(one.Scorer, table), Scoring.Eta(other.Scorer, table));
                for (var row = 0; row < left.Length; row++)
                    AssertNear(left[row], right[row], 1e-7);
                Assert.Equal(1, one.Relativities[0].Levels.Single(level => level.IsBase).Relativity);
            },
            iter: 20
        );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [Trait("Category", "Determinism")]
    public void A_penalised_fit_leaves_its_bits(int index)
    {
        var fit = Fit(Cases[0], PenaltyOf(index, 0.02), Books.Motor(2500));
        Fingerprint.Record(
            $"penalty {index}",
            [.. fit.Coefficients.Select(coefficient => coefficient.Estimate), fit.Penalty!.Objective]
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_change_no_bit(int threads)
    {
        var set = Cases[0].Set(Books.Motor(20_000));
        var options = Cases[0].Options(Terms) with
        {
            Penalty = new() { PathLength = 8 },
            Threads = 1,
        };
        var one = new GlmTrainer(options).Fit(set);
        var many = new GlmTrainer(options with { Threads = threads }).Fit(set);

        Assert.Equal(one.Coefficients.Select(c => c.Estimate), many.Coefficients.Select(c => c.Estimate));
        Assert.Equal(one.Penalty!.Path, many.Penalty!.Path);
    }

    static void AssertSame(GlmFit one, GlmFit other, double tolerance)
    {
        Assert.True(one.Converged && other.Converged);
        AssertNear(one.Penalty!.Objective, other.Penalty!.Objective, 1e-11 * Math.Abs(one.Penalty.Objective));
        for (var i = 0; i < one.Coefficients.Count; i++)
            AssertNear(
                one.Coefficients[i].Estimate,
                other.Coefficients[i].Estimate,
                tolerance * Math.Max(Math.Abs(one.Coefficients[i].Estimate), 1e-3)
            );
    }

    static void AssertNear(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual:R} is not near {expected:R}");
}
