using System.Runtime.Intrinsics;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class SplitTests
{
    static readonly BoostingOptions Free = new()
    {
        MinimumLeafRows = 1,
        MinimumLeafHessian = 0,
        L2 = 0,
        CategorySmoothing = 0,
        CategoryL2 = 0,
        OneHotLevels = 0,
    };

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 40).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_number_is_cut_where_the_brute_force_gain_is_largest(ulong seed)
    {
        var options = Free with { L2 = 0.5, MinimumLeafRows = 4, MinimumLeafHessian = 1.5 };
        var cells = Cells(9, seed, missing: seed % 2 == 0);
        var (parent, rules) = (Total(cells), new SplitRules(options));

        var split = Number(cells, parent, rules, 0);

        var best = 0.0;
        for (var last = 0; last < 9; last++)
        {
            foreach (var missingLeft in new[] { false, true })
                best = Math.Max(best, PlainGain(cells, bin => bin == 9 ? missingLeft : bin <= last, options));
        }
        Assert.Equal(best, split?.Gain ?? 0, 1e-9);
        if (split is not null)
            Assert.Equal(best, PlainGain(cells, bin => split.GoesLeft[bin], options), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ordered_levels_hold_the_best_of_all_groupings(ulong seed)
    {
        var cells = Cells(7, seed, missing: seed % 2 == 0);
        var (parent, rules) = (Total(cells), new SplitRules(Free));

        var split = new CategorySplits(Free, rules).Find(0, cells, ToCut(parent))!;

        var best = 0.0;
        for (var subset = 1; subset < 255; subset++)
            best = Math.Max(best, PlainGain(cells, bin => (subset >> bin & 1) != 0, Free));
        Assert.Equal(best, split.Gain, 1e-9);
        Assert.Equal(best, PlainGain(cells, bin => split.GoesLeft[bin], Free), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Few_levels_are_tried_one_against_the_rest(ulong seed)
    {
        var options = Free with { OneHotLevels = 8, CategoryL2 = 99, CategorySmoothing = 99 };
        var cells = Cells(7, seed, missing: false);

        var split = new CategorySplits(options, new(options)).Find(0, cells, ToCut(Total(cells)))!;

        var best = Enumerable.Range(0, 7).Max(level => PlainGain(cells, bin => bin == level, options));
        Assert.Equal(best, split.Gain, 1e-9);
        Assert.Single(split.GoesLeft, side => side);
    }

    [Fact]
    public void Levels_without_rows_go_where_missing_goes()
    {
        var cells = Cells(6, 3, missing: false);
        (cells[1], cells[4]) = (default, default);

        var split = new CategorySplits(Free, new(Free)).Find(0, cells, ToCut(Total(cells)))!;

        Assert.Equal(split.Left.Rows >= split.Right.Rows, split.MissingGoesLeft);
        Assert.Equal(split.MissingGoesLeft, split.GoesLeft[1]);
        Assert.Equal(split.MissingGoesLeft, split.GoesLeft[4]);
    }

    [Fact]
    public void Without_missing_rows_missing_follows_the_greater_number()
    {
        var cells = new[] { Cell(10, 5, 30), Cell(-10, 5, 10), default };

        var split = Number(cells, Total(cells), new(Free), 0)!;

        Assert.Equal(new[] { true, false, true }, split.GoesLeft);
    }

    [Fact]
    public void Missing_rows_can_be_cut_from_all_others()
    {
        var cells = new[] { Cell(10, 5, 30), Cell(10, 5, 10), Cell(-15, 5, 7) };

        var split = Number(cells, Total(cells), new(Free), 0)!;

        Assert.Equal(1, split.LastLeftBin);
        Assert.Equal(new[] { true, true, false }, split.GoesLeft);
    }

    [Fact]
    public void Equal_gains_keep_the_lowest_bin()
    {
        var cells = new[] { Cell(1, 1, 1), Cell(0, 0, 0), Cell(0, 0, 1), Cell(-1, 1, 1), default };

        var split = Number(cells, Total(cells), new(Free with { L2 = 1 }), 0)!;

        Assert.Equal(0, split.LastLeftBin);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_monotone_direction_bars_cuts_against_it(int direction)
    {
        // Values rise with the bin: the gradient falls.
        var cells = new[] { Cell(6, 5, 10), Cell(1, 5, 10), Cell(-7, 5, 10), default };

        var split = Number(cells, Total(cells), new(Free), direction);

        Assert.Equal(direction > 0, split is not null);
    }

    [Fact]
    public void The_score_is_the_gain_of_the_clipped_step()
    {
        var rules = new SplitRules(Free with { L2 = 1, MaximumStep = 0.5 });
        var sums = Cell(-6, 3, 10);

        Assert.Equal(0.5, rules.Value(sums, ValueBounds.None, 1));
        Assert.Equal(0.25, rules.Value(sums, new(0, 0.25), 1));
        // −(2·G·v + (H + λ)·v²) at v = 0.5 and at 0.25; the free step 1.5 would give G²/(H + λ) = 9.
        Assert.Equal(5, rules.Score(sums, ValueBounds.None, 1), 1e-12);
        Assert.Equal(2.75, rules.Score(sums, new(0, 0.25), 1), 1e-12);
        Assert.Equal(9, new SplitRules(Free).Score(sums, ValueBounds.None, 1), 1e-12);
    }

    static Split? Number(GradientSums[] cells, GradientSums parent, SplitRules rules, int direction)
    {
        var cut = NumberSplits.Find(new(cells), Vector256.Create(1.0), ToCut(parent), rules, direction, new());
        return cut.Bin < 0 ? null : cut.ToSplit(0, cells.Length, parent);
    }

    static LeafToCut ToCut(GradientSums sums) => new(sums, 0, ValueBounds.None);

    /// <summary>Gain from the definition, or 0 where a side is not allowed.</summary>
    static double PlainGain(GradientSums[] cells, Func<int, bool> left, BoostingOptions options)
    {
        var sides = Enumerable.Range(0, cells.Length).ToLookup(left, bin => cells[bin]);
        double Sum(bool side, Func<GradientSums, double> of) => sides[side].Sum(of);
        double Score(double g, double h) => g * g / (h + options.L2);
        var ((gl, hl), (gr, hr)) = (
            (Sum(true, c => c.Gradient), Sum(true, c => c.Hessian)),
            (Sum(false, c => c.Gradient), Sum(false, c => c.Hessian))
        );
        bool Allowed(bool side, double h) => Sum(side, c => c.Rows) >= options.MinimumLeafRows && h >= options.MinimumLeafHessian;
        return Allowed(true, hl) && Allowed(false, hr) ? Score(gl, hl) + Score(gr, hr) - Score(gl + gr, hl + hr) : 0;
    }

    static GradientSums Total(GradientSums[] cells) => cells.Aggregate((a, b) => a + b);

    /// <summary>Cells with some rows each, the missing one last.</summary>
    static GradientSums[] Cells(int count, ulong seed, bool missing)
    {
        var random = new DeterministicRandom(seed);
        var cells = new GradientSums[count + 1];
        for (var bin = 0; bin < count + (missing ? 1 : 0); bin++)
            cells[bin] = Cell(3 * random.NextNormal(), 0.2 + random.NextDouble(), 1 + (int)(6 * random.NextDouble()));
        return cells;
    }

    static GradientSums Cell(double gradient, double hessian, int rows)
    {
        var sums = default(GradientSums);
        for (var row = 0; row < rows; row++)
            sums += GradientSums.Of(Vector128.Create(gradient / rows, hessian / rows));
        return sums;
    }
}
