using System.Buffers;
using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Interactions of every kind of term with every other: fitted, scored and kept, or refused with what works in their place.</summary>
public class ProductTests
{
    static readonly Func<string, string, Term>[] Kinds =
    [
        (levels, _) => new FactorTerm(levels),
        (levels, _) => new FactorTerm(levels) { Monotone = MonotoneRule.Rising, Label = $"rising {levels}" },
        (_, number) => new BandedTerm(number, [40, 10_000]),
        (_, number) => new NumericTerm(number),
        (_, number) => new LogTerm(number),
        (_, number) => new PolynomialTerm(number, 2),
        (_, number) => new PolynomialTerm(number, 2) { Orthogonal = true, Label = $"orthogonal {number}" },
        (_, number) => new NaturalSplineTerm(number) { DegreesOfFreedom = 2 },
        (_, number) => new BSplineTerm(number) { DegreesOfFreedom = 3 },
        (_, number) => new SmoothTerm(number) { Size = 5, Lambda = 3 },
        (_, number) =>
            new SmoothTerm(number)
            {
                Size = 6,
                Lambda = 2,
                Basis = SmoothKind.PSpline,
                Label = $"ps({number})",
            },
        (levels, _) => new CredibilityTerm(levels) { Lambda = 2 },
        (levels, _) => new NeighbourTerm(levels, levels == "zone" ? Books.Ring : Fuels) { Lambda = 2 },
    ];

    static Dictionary<string, IReadOnlyList<string>> Fuels => new() { ["diesel"] = ["petrol"], ["petrol"] = ["electric"] };

    [Fact]
    public void Every_pair_of_kinds_is_fitted_or_refused_with_what_works_instead()
    {
        var learn = Books.Motor(600);
        var (fitted, refused) = (0, 0);
        for (var a = 0; a < Kinds.Length; a++)
        {
            for (var b = a; b < Kinds.Length; b++)
            {
                var (one, other) = (Kinds[a]("zone", "age"), Kinds[b]("fuel", "value"));
                if (Refusal(one, other) is { } expected)
                {
                    var message = Assert.Throws<HalleyException>(() => Fit(learn, new InteractionTerm(one, other))).Message;
                    Assert.Contains(expected, message, StringComparison.Ordinal);
                    Assert.Contains($"'{one.Name}:{other.Name}'", message, StringComparison.Ordinal);
                    refused++;
                    continue;
                }
                AssertScores(Fit(learn, new InteractionTerm(one, other)), learn);
                fitted++;
            }
        }
        Assert.Equal((65, 26), (fitted, refused));
    }

    static string? Refusal(Term one, Term other)
    {
        bool Has<T>() => one is T || other is T;
        if (one is LevelTerm { Monotone: not null } || other is LevelTerm { Monotone: not null })
            return "with a monotone rule or limits, which belong to a term by itself; leave the rule out here";
        if (Has<NeighbourTerm>() && Has<SmoothTerm>())
            return "use a factor in place of the first (a curve for each territory), or bands in place of the second (a map for each band)";
        if (Has<CredibilityTerm>() && Has<SmoothTerm>())
            return "use a factor in place of the first (a curve for each level), or a spline (ns) in place of the second (curves by credibility)";
        if (Has<NeighbourTerm>() && Has<NumberTerm>())
            return "use bands of it (a map for each band), or credibility in place of the territory (a slope for each)";
        if (Has<NeighbourTerm>() && (Has<CredibilityTerm>() || one is NeighbourTerm))
            return "use a factor in place of the second (a map for each level), or credibility for both (cells)";
        return one is CredibilityTerm && other is CredibilityTerm ? "has one variance; give lambda in one of its parts" : null;
    }

    /// <summary>A row alone scores the bits of a batch, and so does the artefact.</summary>
    static void AssertScores(GlmFit fit, Table learn)
    {
        Assert.True(fit.Converged, fit.Advice);
        var eta = Scoring.Eta(fit.Scorer, learn);
        Assert.DoesNotContain(eta, value => !double.IsFinite(value));
        Assert.Equal(eta, Scoring.Eta(fit.Scorer, learn, 1));
        var format = new GlmScorerFormat();
        var bytes = new ArrayBufferWriter<byte>();
        format.Write(fit.Scorer, bytes);
        Assert.Equal(eta, Scoring.Eta(format.Read(bytes.WrittenMemory), learn));
        // What the learner fitted is what scores.
        var means = fit.Inference.Diagnostics().Mean;
        var years = learn.Exposure("years").Years;
        for (var row = 0; row < eta.Length; row++)
            Assert.Equal(means[row], years[row] * Math.Exp(eta[row]), 1e-9 * means[row]);
    }

    [Fact]
    public void Two_factors_by_credibility_have_one_variance()
    {
        var learn = Books.Motor(2000);
        var fit = Fit(learn, new InteractionTerm(new CredibilityTerm("zone"), new CredibilityTerm("fuel")));
        AssertScores(fit, learn);
        Assert.Equal(12, fit.Relativities.Single().Levels.Count);
        Assert.Single(fit.Smooths);
        // A rating table of two axes.
        var table = RatingTable.Of((GlmScorer)fit.Scorer);
        Assert.Equal(["zone", "fuel"], table.Factors.Single().Axes.Select(axis => axis.Column));
        Assert.Equal(Scoring.Eta(fit.Scorer, learn), Scoring.Eta(table.ToScorer(), learn));
    }

    [Fact]
    public void A_map_for_each_level_is_a_rating_table_of_two_axes()
    {
        var learn = Books.Motor(2000);
        var fit = Fit(
            learn,
            new FactorTerm("fuel"),
            new InteractionTerm(new NeighbourTerm("zone", Books.Ring), new FactorTerm("fuel"))
        );
        Assert.Equal(["diesel", "petrol", "electric"], fit.Smooths.Select(smooth => smooth.Level));
        Assert.Equal(Scoring.Eta(fit.Scorer, learn), Scoring.Eta(RatingTable.Of((GlmScorer)fit.Scorer).ToScorer(), learn));
        Assert.Equal(
            ["fuel", "fuel:mrf(zone)[diesel]", "fuel:mrf(zone)[petrol]", "fuel:mrf(zone)[electric]"],
            fit.TermTests.Select(test => test.Term.Replace("mrf(zone):fuel", "fuel:mrf(zone)", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_surface_is_refused_by_a_rating_table_with_the_remedy()
    {
        var fit = Fit(Books.Motor(600), new InteractionTerm(Smooth("age"), Smooth("size")));
        var refusal = Assert.Throws<HalleyException>(() => RatingTable.Of((GlmScorer)fit.Scorer));
        Assert.Contains(
            "'s(age):s(size)' is a term of numbers. Fit bands in their place",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Threads_change_no_bit_of_a_surface()
    {
        var learn = Books.Motor(20_000);
        Term[] terms = [Smooth("age", 6), new InteractionTerm(Smooth("age"), Smooth("cost")), new FactorTerm("zone")];
        GlmFit With(int threads) => new GlmTrainer(new() { Terms = terms, Threads = threads }).Fit(Set(learn));
        var (one, many) = (With(1), With(3));
        Assert.Equal(one.Coefficients.Select(own => own.Estimate), many.Coefficients.Select(own => own.Estimate));
        Assert.Equal(one.Smooths.SelectMany(own => own.Lambdas ?? []), many.Smooths.SelectMany(own => own.Lambdas ?? []));
    }

    [Theory]
    [InlineData("surface")]
    [InlineData("number")]
    [InlineData("slopes")]
    public void Streaming_passes_give_the_same_bits(string what)
    {
        // Few cells: sums are short, and a chunk may be.
        var learn = Books.Motor(9000);
        learn = learn.With(
            new NumericColumn("tens", [.. learn.Numeric("age").Values.ToArray().Select(age => Math.Floor(age / 10))])
        );
        var (fuel, garage) = (new FactorTerm("fuel"), new FactorTerm("garage"));
        Term[] terms = what switch
        {
            "surface" => [fuel, garage, new InteractionTerm(Smooth("tens"), Smooth("size"), fuel, garage)],
            "number" => [new SmoothTerm("tens") { Size = 5, By = new NumericTerm("size") }],
            _ => [new InteractionTerm(new CredibilityTerm("zone"), new NumericTerm("score"))],
        };
        var trainer = new GlmTrainer(new() { Terms = terms, Threads = 2 });
        var batches = Enumerable.Range(0, 3).Select(part => learn.Take([.. Enumerable.Range(3000 * part, 3000)]));
        var (whole, streamed) = (trainer.Fit(Set(learn)), trainer.FitStreamed(Set(learn), batches, new() { ChunkRows = 8192 }));
        Assert.True(whole.Converged, whole.Advice);
        Assert.Equal(whole.Coefficients.Select(own => own.Estimate), streamed.Coefficients.Select(own => own.Estimate));
        Assert.Equal(
            whole.Smooths.Select(own => (own.Name, own.Lambda, own.Degrees)),
            streamed.Smooths.Select(own => (own.Name, own.Lambda, own.Degrees))
        );
    }

    // The grid is coarser than the values of both columns: 20,000 distinct costs and 16,000 values.
    [Fact]
    public void A_surface_over_many_values_is_that_over_a_fine_grid_to_a_tenth_of_its_error()
    {
        var learn = Books.Motor(20_000);
        var rounded = learn;
        foreach (var column in new[] { "cost", "value" })
        {
            var (low, step) = column == "cost" ? (0.0, 40.0) : (3000, 400);
            double[] values =
            [
                .. learn
                    .Numeric(column)
                    .Values.ToArray()
                    .Select(x => Math.Min(low + step * Math.Round((x - low) / step), 60_000)),
            ];
            rounded = rounded.With(new NumericColumn(column, values));
        }
        Term[] terms =
        [
            new InteractionTerm(
                new SmoothTerm("cost") { Knots = [0, 300, 700, 1500, 4000], Lambda = 2e8 },
                new SmoothTerm("value") { Knots = [3000, 10_000, 20_000, 33_000], Lambda = 2e9 }
            ),
        ];
        var (fine, coarse) = (Fit(learn, terms), Fit(rounded, terms));
        Assert.True(fine.Converged && coarse.Converged);
        var (one, other) = (Scoring.Eta(fine.Scorer, learn), Scoring.Eta(coarse.Scorer, learn));
        var error = fine.Smooths[0].Surface!.Average(point => point.StandardError);
        Assert.InRange(Math.Sqrt(one.Zip(other, (x, y) => (x - y) * (x - y)).Average()), 0, 0.1 * error);
    }

    [Fact]
    public void Tests_are_of_the_whole_surface()
    {
        var fit = Fit(
            Books.Motor(3000),
            new FactorTerm("fuel"),
            new InteractionTerm(Smooth("age"), Smooth("size"), new FactorTerm("fuel"))
        );
        var tests = fit.Inference.TermTests(likelihoodRatio: true);
        Assert.Equal(fit.Smooths.Select(smooth => smooth.Name).Prepend("fuel"), tests.Select(test => test.Term));
        Assert.Equal(["diesel", "petrol", "electric"], fit.Smooths.Select(smooth => smooth.Level));
        Assert.Equal(fit.Smooths.Select(smooth => smooth.Degrees), tests.Skip(1).Select(test => test.Degrees));
        Assert.All(tests.Skip(1), test => Assert.True(test.DevianceChange > 0));
        Assert.All(
            fit.Smooths,
            smooth => Assert.True(smooth is { Lambdas.Count: 2, Curve.Count: 0, Columns: ["age", "size"], Surface.Count: 84 })
        );
    }

    [Fact]
    public void A_number_beside_its_own_curve_is_no_obstacle()
    {
        var learn = Books.Motor(3000);
        var slope = new SmoothTerm("age")
        {
            Size = 5,
            By = new NumericTerm("size"),
            Lambda = 50,
        };
        var (alone, beside) = (Fit(learn, slope), Fit(learn, new NumericTerm("size"), slope));
        // The curve then sums to zero; what it lost is the number's own coefficient.
        Assert.DoesNotContain(beside.Coefficients, own => own.IsAliased);
        Assert.Equal(alone.EffectiveDegrees, beside.EffectiveDegrees, 1e-7);
        Assert.Equal(alone.Deviance, beside.Deviance, 1e-6);
    }

    [Fact]
    public void Missing_values_and_controls_are_those_of_the_parts()
    {
        var learn = Books.Motor(3000);
        var age = learn.Numeric("age").Values.ToArray();
        for (var row = 0; row < age.Length; row += 9)
            age[row] = double.NaN;
        learn = learn.With(new NumericColumn("age", age));
        var surface = new InteractionTerm(
            Smooth("age") with
            {
                WhenMissing = ValueRule.Replace("40"),
            },
            Smooth("size"),
            new FactorTerm("garage")
        );
        var controls = new Dictionary<string, string> { ["size"] = "1.5" };
        var fit = new GlmTrainer(new() { Terms = [new FactorTerm("garage"), surface], Controls = controls }).Fit(Set(learn));

        Assert.Equal(["garage", "age"], fit.Scorer.Inputs.Select(input => input.Name));
        var (with, without) = (Scoring.Eta(fit.ScorerWithControls, learn), Scoring.Eta(fit.Scorer, learn));
        var size = learn.Numeric("size").Values;
        for (var row = 0; row < learn.RowCount; row++)
        {
            if (size[row] == 1.5)
                Assert.Equal(with[row], without[row], 1e-10);
        }
        var refusal = Assert.Throws<HalleyException>(() => Fit(learn, new InteractionTerm(Smooth("age"), Smooth("size"))));
        Assert.Contains("HLY2105", refusal.Code, StringComparison.Ordinal);
        Assert.Contains("term 's(age)', column 'age', row 1: the value is missing", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> BadOnes => new("by", "same", "twice", "four", "wide", "open", "constant");

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void What_cannot_be_is_refused_with_the_remedy(string what)
    {
        var learn = Books.Motor(300);
        learn = learn.With(new NumericColumn("one", [.. Enumerable.Repeat(1.0, 300)]));
        var (term, message) = what switch
        {
            "by" => (
                (Term)new InteractionTerm(Smooth("age") with { By = new FactorTerm("zone") }, Smooth("size")),
                "a smooth by 'zone'; list that as a part of the interaction"
            ),
            "same" => (
                Smooth("age") with
                {
                    By = new NumericTerm("age"),
                },
                "a curve of 'age' times the same column; leave 'by' out"
            ),
            "twice" => (
                new InteractionTerm(Smooth("age"), Smooth("age") with { Label = "again" }),
                "multiplies smooths by 'age' twice; keep one"
            ),
            "four" => (
                new InteractionTerm(Smooth("age"), Smooth("size"), Smooth("cost"), Smooth("value")),
                "a surface of 4 smooths; 3 is the limit: use splines (ns) for the rest"
            ),
            "wide" => (
                new InteractionTerm(Smooth("age", 21), Smooth("cost", 20)),
                "multiplies its numbers to 420 columns; 400 is the limit: give its smooths less size"
            ),
            "open" => (
                new InteractionTerm(Smooth("age") with { Lambda = 0 }, Smooth("size")),
                "lambda 0 of 's(age)' leaves a surface open; give a number above 0"
            ),
            _ => (
                Smooth("age") with
                {
                    By = new NumericTerm("one"),
                },
                "multiplies a smooth by column 'one', which has one value in all rows. Leave the number out"
            ),
        };
        var problem = Assert.Throws<HalleyException>(() => Fit(learn, term));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    static SmoothTerm Smooth(string column, int size = 4) => new(column) { Size = size };

    static GlmFit Fit(Table learn, params Term[] terms) => new GlmTrainer(new() { Terms = terms }).Fit(Set(learn));

    static TrainingSet Set(Table learn) =>
        new()
        {
            Learn = learn,
            Features = [],
            Target = "claims",
            Exposure = "years",
        };
}
